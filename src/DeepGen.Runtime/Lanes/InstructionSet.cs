using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DeepGen.Runtime;

/// <summary>
/// Which instruction set this process runs on. Each property is an expression that the JIT and the AOT compiler fold to a
/// constant where it is asked for, so a choice among kernels costs nothing, and kernels that are not chosen are left out.
/// </summary>
public static class InstructionSet
{
    /// <summary>Whether <see cref="Lanes512"/> may be used.</summary>
    public static bool Avx512
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;
    }

    /// <summary>Whether <see cref="Lanes256"/> may be used.</summary>
    public static bool Avx2
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.IsHardwareAccelerated && System.Runtime.Intrinsics.X86.Avx2.IsSupported && Fma.IsSupported;
    }

    /// <summary>Whether <see cref="LanesNeon"/> may be used.</summary>
    public static bool Neon
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => AdvSimd.Arm64.IsSupported;
    }

    /// <summary>Whether <see cref="Lanes128"/> may be used.</summary>
    public static bool Vector128
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => System.Runtime.Intrinsics.Vector128.IsHardwareAccelerated;
    }

    /// <summary>The name of the best set, which is the one that is used.</summary>
    public static string Name => Avx512 ? "AVX-512" : Avx2 ? "AVX2" : Neon ? "NEON" : Vector128 ? "128-bit vectors" : "scalar";
}
