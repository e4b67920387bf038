"""Instructions of the processor that numba does not give by itself: memory asked for before it is read, and
sixteen sums compared at once. Importing this module loads numba.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

LINE = 64
"""Bytes that are fetched together."""
LANES = 16
"""Sums that are compared together."""
_READ, _KEEP, _DATA = 0, 3, 1
Typed = tuple[Any, Callable[..., Any]]


def _place(context: Any, builder: Any, signature: Any, given: Any) -> Any:
    """Where the array given first has the element given second."""
    data = context.make_array(signature.args[0])(context, builder, given[0]).data
    return builder.gep(data, [given[1]])


def _prefetch(_typing: Any, array: Any, _at: Any) -> Typed:
    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        wanted = builder.bitcast(_place(context, builder, signature, given), byte)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        fetch = builder.module.declare_intrinsic("llvm.prefetch", [byte], kind)
        builder.call(fetch, [wanted, number(_READ), number(_KEEP), number(_DATA)])
        return context.get_dummy_value()

    return types.void(array, types.uint64), generate


def _reaching(_typing: Any, array: Any, _at: Any, _level: Any) -> Typed:
    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        lanes = ir.VectorType(ir.IntType(16), LANES)
        place = builder.bitcast(_place(context, builder, signature, given), lanes.as_pointer())
        level = builder.insert_element(ir.Constant(lanes, ir.Undefined), given[2], ir.IntType(32)(0))
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        levels = builder.shuffle_vector(level, level, zeros)
        reached = builder.icmp_unsigned(">=", builder.load(place, align=2), levels)
        return builder.zext(builder.bitcast(reached, ir.IntType(LANES)), ir.IntType(64))

    return types.uint64(array, types.uint64, types.uint16), generate


def _lowest(_typing: Any, _bits: Any) -> Typed:
    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.cttz(given[0], ir.IntType(1)(1))

    return types.uint64(types.uint64), generate


def _counted(_typing: Any, _bits: Any) -> Typed:
    def generate(_context: Any, builder: Any, _signature: Any, given: Any) -> Any:
        return builder.ctpop(given[0])

    return types.uint64(types.uint64), generate


prefetch: Any = intrinsic(_prefetch)
"""`prefetch(array, at)`: have the line of array[at] fetched; `at` (uint64) may be any number."""
reaching: Any = intrinsic(_reaching)
"""`reaching(array, at, level)`: a bit for each of the 16 uint16 from array[at] on that reaches the level."""
lowest: Any = intrinsic(_lowest)
"""`lowest(bits)`: the place of the lowest bit that is set; there must be one."""
counted: Any = intrinsic(_counted)
"""`counted(bits)`: how many bits are set."""
