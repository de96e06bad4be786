namespace DeepGen.Generator.Emit;

/// <summary>How the JIT is to treat an emitted method.</summary>
internal static class MethodText
{
    /// <summary>
    /// Optimised at once, and by itself: a profile would have the JIT write a kernel into the method that calls it, where its budget for
    /// inlining ends halfway through the operations, and every one after that is a call.
    /// </summary>
    public const string Kernel = "[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]";

    /// <summary>A part of the method that calls it, which is short.</summary>
    public const string Inlined = "[MethodImpl(MethodImplOptions.AggressiveInlining)]";
}
