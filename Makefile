# `make` lists what there is. Every target makes the environment first when it is missing or out of date.
VENV    := .venv
PY      := $(VENV)/bin/python
STAMP   := $(VENV)/.made
PORT    ?= 5005
SCORER  ?= ../shared/eval/score.py
UV      ?= uv
export PORT RASA_TELEMETRY_ENABLED = false

.DEFAULT_GOAL := help
.PHONY: help run test check eval bench train lock clean

help:  ## list these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

run: $(STAMP)  ## start the bot on PORT (default 5005), HOST (default 127.0.0.1); Ctrl-C stops it
	@exec $(PY) -m bot.run

test: check train  ## everything: environment, lint, types, the knowledge, training, all tests
	@$(PY) -m pytest $(ARGS)

check: $(STAMP)  ## ruff, mypy and the check of knowledge and rules
	@echo "== ruff";  $(PY) -m ruff check .
	@echo "== mypy";  $(PY) -m mypy
	@echo "== rabiab check"; $(VENV)/bin/rabiab check

eval: $(STAMP)  ## score the bot: make eval ITEMS=path/to/items.jsonl [ARGS="--misses 5"] [SCORER=path]
	@test -n "$(ITEMS)" || { echo 'บอกไฟล์คำถามด้วย ITEMS=... เช่น make eval ITEMS=items.jsonl / Name the questions: make eval ITEMS=items.jsonl' >&2; exit 2; }
	@$(PY) -m bot.run --reuse -- $(PY) $(SCORER) $(ITEMS) --url '{url}' $(ARGS)

bench: $(STAMP)  ## measure turns beside a stock Rasa bot, in one run [ARGS="--turns 300"]
	@$(PY) -m benchmarks.turns $(ARGS)

train: $(STAMP)  ## train the model if knowledge, rules or code changed [FORCE=1]
	@$(PY) -m bot.run.train $(if $(FORCE),--force)

lock: requirements.in  ## renew requirements.lock from requirements.in (needs uv) [ARGS=--upgrade]
	@command -v $(UV) >/dev/null || { echo 'ไม่พบ uv ให้ติดตั้งหรือระบุ UV=ที่อยู่ / uv is missing: install it or give UV=path' >&2; exit 2; }
	@$(UV) pip compile --quiet --python-version 3.10 --no-emit-index-url --no-emit-find-links \
	  --custom-compile-command "make lock" requirements.in --output-file requirements.lock $(ARGS)

clean:  ## remove what can be made again (not .venv, not conversations or imported sources in var/)
	@rm -rf models .rasa var/log var/run build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
	@find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(STAMP): requirements.lock pyproject.toml bot/run/environment.sh
	@sh bot/run/environment.sh $(VENV)
	@touch $@
