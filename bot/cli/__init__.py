"""The command line `rabiab`."""
