using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Complete;

/// <summary>
/// Adds methods to a module. Hardware intrinsics become calls of themselves, the form the JIT expands or replaces by a
/// throw; an interface's method throws, since nothing there implements it; other methods keep their body, and are left out
/// where something it names is missing too.
/// </summary>
internal sealed class Graft(ModuleDefinition target)
{
    private readonly HashSet<string> _present = [.. AllTypes(target.Types).SelectMany(type => type.Methods).Select(Signature)];

    public List<string> Report { get; } = [];

    public void Add(MethodDefinition source)
    {
        bool isOfInterface = source.DeclaringType.IsInterface && !source.IsStatic;
        if (source.IsConstructor || !(source.HasBody || isOfInterface) || !_present.Add(Signature(source)))
            return;
        try
        {
            bool isIntrinsic = source.DeclaringType.Namespace.StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal);
            var owner = isIntrinsic ? TypeFor(source.DeclaringType) : Existing(source.DeclaringType);
            var names = new Names(target, owner, Add);
            var method = names.Declare(source);
            if (isOfInterface)
                Throw(method);
            else if (isIntrinsic)
                CallItself(method);
            else
                CopyBody(source, method, names);
            Report.Add($"added {source.FullName}");
        }
        catch (MissingMemberException missing)
        {
            Report.Add($"left out {source.FullName}: {missing.Message}");
        }
    }

    private void CallItself(MethodDefinition method)
    {
        var intrinsic = target.GetType("System.Runtime.CompilerServices.IntrinsicAttribute").Methods.First(m => m.IsConstructor && !m.IsStatic);
        method.CustomAttributes.Add(new CustomAttribute(intrinsic));
        var il = method.Body.GetILProcessor();
        if (method.HasThis)
            il.Emit(OpCodes.Ldarg_0);
        foreach (var parameter in method.Parameters)
            il.Emit(OpCodes.Ldarg, parameter);
        il.Emit(OpCodes.Call, method);
        il.Emit(OpCodes.Ret);
    }

    private static void Throw(MethodDefinition method)
    {
        method.IsAbstract = false;
        var il = method.Body.GetILProcessor();
        il.Emit(OpCodes.Ldnull);
        il.Emit(OpCodes.Throw);
    }

    private static void CopyBody(MethodDefinition source, MethodDefinition method, Names names)
    {
        if (source.Body.HasExceptionHandlers)
        {
            method.DeclaringType.Methods.Remove(method);
            throw new MissingMemberException("its exception handlers are not carried over");
        }

        try
        {
            names.CopyInstructions(source, method);
        }
        catch (MissingMemberException)
        {
            method.DeclaringType.Methods.Remove(method);
            throw;
        }
    }

    private TypeDefinition TypeFor(TypeDefinition source)
    {
        if (target.GetType(source.FullName) is { } present)
            return present;
        var type = new TypeDefinition(source.Namespace, source.Name, source.Attributes, target.TypeSystem.Object);
        if (source.DeclaringType is { } outer)
            TypeFor(outer).NestedTypes.Add(type);
        else
            target.Types.Add(type);
        return type;
    }

    private TypeDefinition Existing(TypeDefinition source) =>
        target.GetType(source.FullName) ?? throw new MissingMemberException($"no type {source.FullName}");

    private static string Signature(MethodDefinition method) =>
        $"{method.DeclaringType.FullName}::{method.Name}`{method.GenericParameters.Count}({string.Join(',', method.Parameters.Select(p => p.ParameterType.FullName))})";

    private static IEnumerable<TypeDefinition> AllTypes(IEnumerable<TypeDefinition> types) =>
        types.SelectMany(type => AllTypes(type.NestedTypes).Prepend(type));
}
