"""Asking for memory before it is read: rows of actors lie anywhere, and waiting for one costs more than
adding it up. Importing this module loads numba.
"""

from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

LINE = 64
"""Bytes that are fetched together."""
_READ, _KEEP, _DATA = 0, 3, 1


def _typed(_typing: Any, array: Any, _at: Any) -> Any:
    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, given[0]).data
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        wanted = builder.bitcast(builder.gep(data, [given[1]]), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        builder.call(fetch, [wanted, number(_READ), number(_KEEP), number(_DATA)])
        return context.get_dummy_value()

    return types.void(array, types.uint64), generate


prefetch: Any = intrinsic(_typed)
"""`prefetch(array, at)`: have the line of array[at] fetched; `at` (uint64) may be any number."""
