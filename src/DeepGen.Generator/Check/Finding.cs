using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>
/// Something wrong with a declaration: which rule, where (a place key) and the words that fill the rule's message.
/// </summary>
/// <remarks>
/// The arguments of each id, in order; shapes are in words (see <see cref="ShapeWords"/>), a layer is its kind ("Dense"):
/// <list type="table">
/// <item>DG0005: argument, value</item>
/// <item>DG0006: layer, window ("5 by 5"), padded input ("3 by 3")</item>
/// <item>DG0007: layer, number of channels, number of groups</item>
/// <item>DG0008: layer or operation, first shape, second shape</item>
/// <item>DG0009: shape that Dense was given</item>
/// <item>DG0010: shape of the block's input, shape of its last layer</item>
/// <item>DG0014: reading, primitive, label of the layer it belongs to</item>
/// <item>DG0016: layer, what it wants ("an image"), shape it was given</item>
/// <item>DG0021: block, shape that goes in, shape that comes out</item>
/// <item>DG0022: layer, what is wrong ("a vector of 10 has no axis 3")</item>
/// <item>DG0023: argument, value, what it must be ("at least 0")</item>
/// <item>DG0024: what is too large ("the weight of '0'"), how large ("10000000000 values")</item>
/// <item>DG0028: what is wrong with an output's name ("needs Output: …")</item>
/// <item>DG0029: method, what is wrong with it as a loss</item>
/// <item>DG0030: loss, output, why they do not fit</item>
/// </list>
/// </remarks>
internal sealed record Finding(string Id, string Place, EquatableArray<string> Arguments);
