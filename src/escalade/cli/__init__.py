"""The command line: one small file per command, read only when its command is asked for."""
