using System.Reflection;
using FlickStream.Platform.Problems;

namespace FlickStream.Portal.OpenApi;

/// <summary>The codes of all problems that the services of this process have: each keeps them as static fields of its tables.</summary>
internal static class ProblemCodes
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static IEnumerable<string> Of(IEnumerable<Endpoint> endpoints) => endpoints
        .Select(endpoint => endpoint.Metadata.GetMetadata<MethodInfo>()?.DeclaringType?.Assembly).OfType<Assembly>()
        .Where(assembly => IsOurs(assembly.GetName().Name)).Append(typeof(Problem).Assembly).Distinct()
        .SelectMany(assembly => assembly.GetTypes()).Where(type => !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(Static)).Where(field => field.FieldType == typeof(Problem))
        .Select(field => ((Problem)field.GetValue(null)!).Code).Distinct().Order(StringComparer.Ordinal);

    private static bool IsOurs(string? name) => name?.StartsWith("FlickStream.", StringComparison.Ordinal) is true;
}
