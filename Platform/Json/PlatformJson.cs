using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlickStream.Platform.Json;

/// <summary>The one JSON dialect of documents and answers: camel case, enums as camel-case words (<c>"inspecting"</c>), no name twice in an object: which
/// of the two was meant nobody can tell.</summary>
public static class PlatformJson
{
    public static readonly JsonSerializerOptions Options = Create();

    /// <summary>Gives options made elsewhere (ASP.NET Core's) the same dialect.</summary>
    public static void Apply(JsonSerializerOptions options)
    {
        options.AllowDuplicateProperties = false;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Apply(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
