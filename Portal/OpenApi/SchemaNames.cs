using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;

namespace FlickStream.Portal.OpenApi;

/// <summary>Names of types for clients. One that is declared within a handler is named after both, so that each Page and Response is told apart.</summary>
internal static class SchemaNames
{
    public static string? Of(JsonTypeInfo info) =>
        OpenApiOptions.CreateDefaultSchemaReferenceId(info) is { } name
            ? Nullable.GetUnderlyingType(info.Type) is null && info.Type is { DeclaringType: { } outer, IsGenericType: false } ? outer.Name + info.Type.Name : name
            : null;

    /// <summary>Whether callers send it: by its name, which is how such records are called here.</summary>
    public static bool IsRequest(Type type) => type.Name.EndsWith("Request", StringComparison.Ordinal);
}
