"""From the text that a person typed to what it says and asks: an `Understanding` as plain JSON."""
