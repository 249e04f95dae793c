"""Runs ClickHouse from its library: clickhouse.py LIBRARY CONFIG. Ends when it is killed; parts that were written stay."""
import ctypes
import sys

FOREVER = (
    "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP; SELECT sleepEachRow(3) FROM system.numbers FORMAT Null"
    " SETTINGS max_block_size=1, function_sleep_max_microseconds_per_block=0"
)

library = ctypes.CDLL(sys.argv[1])
library.chdb_query_cmdline.restype = ctypes.c_void_p
library.chdb_query_cmdline.argtypes = [ctypes.c_int, ctypes.POINTER(ctypes.c_char_p)]
library.chdb_result_error.restype = ctypes.c_char_p
library.chdb_result_error.argtypes = [ctypes.c_void_p]

arguments = [b"clickhouse", b"--config-file", sys.argv[2].encode(), b"--log-level", b"warning", b"--query", FOREVER.encode()]
result = library.chdb_query_cmdline(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments))
sys.exit("clickhouse ended: " + (library.chdb_result_error(result) or b"its last query is over").decode())
