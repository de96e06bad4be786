namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class DG0002Tests : DiagnosticTest
{
    [Fact]
    public void A_nested_class_is_no_network() =>
        Says(
            "'Net' cannot be a network or block: it is nested in another type",
            at: "Net",
            """
            public partial class Outer
            {
                [Network, Input(4), Dense(2)]
                public partial class Net;
            }
            """);

    [Fact]
    public void A_generic_class_is_no_network() =>
        Says(
            "'Net' cannot be a network or block: it is generic",
            at: "Net",
            """
            [Network, Input(4), Dense(2)]
            public partial class Net<T>;
            """);

    [Fact]
    public void A_static_class_is_no_network() =>
        Says(
            "'Net' cannot be a network or block: it is static",
            at: "Net",
            """
            [Network, Input(4), Dense(2)]
            public static partial class Net;
            """);

    [Fact]
    public void An_abstract_class_is_no_block() =>
        Says(
            "'Part' cannot be a network or block: it is abstract",
            at: "Part",
            """
            [Block, Dense]
            public abstract partial class Part;
            """);

    [Fact]
    public void A_record_is_no_network() =>
        Says(
            "'Net' cannot be a network or block: it is a record",
            at: "Net",
            """
            [Network, Input(4), Dense(2)]
            public partial record Net;
            """);

    [Fact]
    public void A_class_of_one_file_is_no_network() =>
        Says(
            "'Net' cannot be a network or block: it is visible in its own file only",
            at: "Net",
            """
            [Network, Input(4), Dense(2)]
            file partial class Net;
            """);

    [Fact]
    public void A_class_with_a_primary_constructor_is_no_network() =>
        Says(
            "'Net' cannot be a network or block: it has a primary constructor",
            at: "Net",
            """
            [Network, Input(4), Dense(2)]
            public partial class Net(int size)
            {
                public int Size => size;
            }
            """);

    [Fact]
    public void A_network_is_not_a_block_too() =>
        Says(
            "'Net' cannot be a network or block: it is a block too",
            at: "Net",
            """
            [Network, Block, Input(4), Dense(2)]
            public partial class Net;
            """);

    [Fact]
    public void A_class_named_by_a_keyword_is_no_network() =>
        Says(
            "'event' cannot be a network or block: a keyword is its name or that of its namespace",
            at: "@event",
            """
            [Network, Input(4), Dense(2)]
            public partial class @event;
            """);

    [Fact]
    public void A_network_is_not_named_like_its_members() =>
        Says(
            "'Predict' cannot be a network or block: its name is that of a member DeepGen writes into it",
            at: "Predict",
            """
            [Network, Input(4), Dense(2)]
            public sealed partial class Predict;
            """);
}
