using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Complete;

/// <summary>Says in one module what was said in another: types and fields are found by name; methods too, or asked for.</summary>
internal sealed class Names(ModuleDefinition target, TypeDefinition owner, Action<MethodDefinition> addMissing)
{
    private MethodDefinition? _method;

    public MethodDefinition Declare(MethodDefinition source)
    {
        var method = new MethodDefinition(source.Name, source.Attributes, target.TypeSystem.Void) { ImplAttributes = source.ImplAttributes };
        _method = method;
        foreach (var parameter in source.GenericParameters)
            method.GenericParameters.Add(new GenericParameter(parameter.Name, method));
        method.ReturnType = Type(source.ReturnType);
        foreach (var parameter in source.Parameters)
            method.Parameters.Add(new ParameterDefinition(parameter.Name, parameter.Attributes & ~ParameterAttributes.HasDefault, Type(parameter.ParameterType)));
        owner.Methods.Add(method);
        return method;
    }

    public void CopyInstructions(MethodDefinition source, MethodDefinition method)
    {
        method.Body.InitLocals = source.Body.InitLocals;
        foreach (var variable in source.Body.Variables)
            method.Body.Variables.Add(new VariableDefinition(Type(variable.VariableType)));

        var copies = source.Body.Instructions.ToDictionary(instruction => instruction, _ => Instruction.Create(OpCodes.Nop));
        foreach (var instruction in source.Body.Instructions)
        {
            var copy = copies[instruction];
            copy.OpCode = instruction.OpCode;
            copy.Operand = instruction.Operand switch
            {
                TypeReference type => Type(type),
                MethodReference called => Method(called),
                FieldReference field => Field(field),
                VariableDefinition variable => method.Body.Variables[variable.Index],
                ParameterDefinition parameter => method.Parameters[parameter.Index],
                Instruction jump => copies[jump],
                Instruction[] jumps => Array.ConvertAll(jumps, jump => copies[jump]),
                var plain => plain,
            };
            method.Body.Instructions.Add(copy);
        }
    }

    private TypeReference Type(TypeReference type) => type switch
    {
        GenericParameter { Type: GenericParameterType.Method } parameter => _method!.GenericParameters[parameter.Position],
        GenericParameter parameter => owner.GenericParameters[parameter.Position],
        GenericInstanceType generic => Generic(generic),
        ArrayType array => new ArrayType(Type(array.ElementType), array.Rank),
        PointerType pointer => new PointerType(Type(pointer.ElementType)),
        ByReferenceType reference => new ByReferenceType(Type(reference.ElementType)),
        IModifierType modified => Type(modified.ElementType),
        _ => target.GetType(type.FullName) ?? throw new MissingMemberException($"no type {type.FullName}"),
    };

    private GenericInstanceType Generic(GenericInstanceType generic)
    {
        var result = new GenericInstanceType(Type(generic.ElementType));
        foreach (var argument in generic.GenericArguments)
            result.GenericArguments.Add(Type(argument));
        return result;
    }

    private MethodReference Method(MethodReference called)
    {
        if (called is GenericInstanceMethod generic)
        {
            var result = new GenericInstanceMethod(Method(generic.ElementMethod));
            foreach (var argument in generic.GenericArguments)
                result.GenericArguments.Add(Type(argument));
            return result;
        }

        var type = Type(called.DeclaringType.GetElementType()).Resolve();
        if (Find(type, called) is null)
            addMissing(called.Resolve());
        var found = Find(type, called) ?? throw new MissingMemberException($"no method {called.FullName}");
        if (called.DeclaringType is not GenericInstanceType)
            return found;

        var onInstance = new MethodReference(found.Name, found.ReturnType, Type(called.DeclaringType)) { HasThis = found.HasThis };
        foreach (var parameter in found.Parameters)
            onInstance.Parameters.Add(new ParameterDefinition(parameter.ParameterType));
        return onInstance;
    }

    private static MethodDefinition? Find(TypeDefinition type, MethodReference called)
    {
        var parameters = called.Resolve().Parameters.Select(p => p.ParameterType.FullName).ToList();
        return type.Methods.FirstOrDefault(method => method.Name == called.Name && method.GenericParameters.Count == called.GenericParameters.Count
            && method.Parameters.Select(p => p.ParameterType.FullName).SequenceEqual(parameters));
    }

    private FieldReference Field(FieldReference field)
    {
        var type = Type(field.DeclaringType.GetElementType()).Resolve();
        var found = type.Fields.FirstOrDefault(f => f.Name == field.Name) ?? throw new MissingMemberException($"no field {field.FullName}");
        return field.DeclaringType is GenericInstanceType ? new FieldReference(found.Name, found.FieldType, Type(field.DeclaringType)) : found;
    }
}
