namespace DeepGen;

/// <summary>
/// A layer. On a class marked <see cref="NetworkAttribute"/> or <see cref="BlockAttribute"/>, the layers are applied from
/// first to last. On a partial method <c>Tensor Name(Tensor x)</c> of such a class, they are what that method does.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    private protected LayerAttribute()
    {
    }
}
