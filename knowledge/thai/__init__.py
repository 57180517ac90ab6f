"""Thai text: the one place that knows how Thai is written, and the only importer of PyThaiNLP."""
