namespace DeepGen;

/// <summary>A network that is computed over a graph: its samples are the nodes, and a batch is all of them.</summary>
public interface IGraphNetwork : INetwork
{
    /// <summary>The graph for calls that are not handed one; may be changed between calls.</summary>
    NodeGraph? Graph { get; set; }
}
