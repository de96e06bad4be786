namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0012Tests : DiagnosticTest
{
    [Fact]
    public void A_while_loop_is_not_evaluated() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a while loop",
            at: "while (true) { x = Relu(x); }",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    while (true) { x = Relu(x); }
                }
            }
            """);

    [Fact]
    public void A_foreach_loop_is_not_evaluated() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a foreach loop",
            at: "foreach (var t in new[] { x }) x = x + t;",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    foreach (var t in new[] { x }) x = x + t;
                    return Relu(x);
                }
            }
            """);

    [Fact]
    public void A_lambda_is_not_evaluated() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a lambda",
            at: "t => Relu(t)",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    Func<Tensor, Tensor> f = t => Relu(t);
                    return Relu(x);
                }
            }
            """);

    [Fact]
    public void A_call_of_a_library_is_not_evaluated() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a call of 'ToString'",
            at: "x.ToString()",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    x.ToString();
                    return Relu(x);
                }
            }
            """);

    [Fact]
    public void An_assignment_to_a_field_is_not_evaluated() =>
        Says(
            "Forward is evaluated while compiling and cannot contain an assignment to anything but a local",
            at: "_last",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor? _last;

                Tensor Forward([Shape(4)] Tensor x)
                {
                    _last = Relu(x);
                    return Relu(x);
                }
            }
            """);

    [Fact]
    public void A_field_of_tensors_is_not_read() =>
        Says(
            "Forward is evaluated while compiling and cannot contain '_last'",
            at: "_last",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor? _last = null;

                Tensor Forward([Shape(4)] Tensor x)
                {
                    return Relu(_last!);
                }
            }
            """);

    [Fact]
    public void A_try_statement_is_not_evaluated() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a try statement",
            at: "try { return Relu(x); } finally { }",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    try { return Relu(x); } finally { }
                }
            }
            """);

    [Fact]
    public void Null_is_no_tensor() =>
        Says(
            "Forward is evaluated while compiling and cannot contain null",
            at: "null",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    return Relu(null!);
                }
            }
            """);

    [Fact]
    public void A_division_by_zero_is_no_number() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a division by zero",
            at: "1 / i",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    int i = 0;
                    return x * (1 / i);
                }
            }
            """);

    [Fact]
    public void An_endless_recursion_stops() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a recursion of 'Again' this deep",
            at: "Again(Relu(x))",
            """
            [Network]
            public sealed partial class Net
            {
                static Tensor Again(Tensor x) => Again(Relu(x));

                Tensor Forward([Shape(4)] Tensor x)
                {
                    return Again(x);
                }
            }
            """);

    [Fact]
    public void An_endless_loop_stops() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a computation this long",
            at: "for (int i = 0; ; x = Relu(x)) { }",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    for (int i = 0; ; x = Relu(x)) { }
                }
            }
            """);

    [Fact]
    public void A_list_is_read_within_its_length() =>
        Says(
            "Forward is evaluated while compiling and cannot contain index 2 of 2 elements",
            at: "list[2]",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    var list = new[] { x, Relu(x) };
                    return list[2];
                }
            }
            """);

    [Fact]
    public void A_local_function_is_not_evaluated() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a local function",
            at: "static Tensor Twice(Tensor t) => t + t;",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    static Tensor Twice(Tensor t) => t + t;
                    return Relu(x);
                }
            }
            """);

    [Fact]
    public void Concat_joins_something() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a Concat of no tensors",
            at: "Concat()",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    return Concat();
                }
            }
            """);

    [Fact]
    public void A_condition_on_a_pattern_is_not_evaluated() =>
        Says(
            "Forward is evaluated while compiling and cannot contain a test of a type or pattern",
            at: "x is null",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    if (x is null) return Relu(x);
                    return Relu(x);
                }
            }
            """);

    [Fact]
    public void Tensors_are_not_compared() =>
        Says(
            "Forward is evaluated while compiling and cannot contain this use of '=='",
            at: "x == y",
            """
            [Network]
            public sealed partial class Net
            {
                Tensor Forward([Shape(4)] Tensor x)
                {
                    var y = Relu(x);
                    return x == y ? Relu(x) : y;
                }
            }
            """);
}
