using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlickStream.Portal.Tests.Catalog;

internal static class Series
{
    public static JsonObject Of(string name, int minimumAge = 6)
    {
        var series = Studio.Movie(name);
        (series["kind"], series["rating"]) = ("series", new JsonObject { ["minimumAge"] = minimumAge });
        return series;
    }

    public static JsonObject Part(string kind, JsonElement parent, int? number) => Part(kind, parent.GetProperty("id").GetString()!, number);

    public static JsonObject Part(string kind, string parentId, int? number)
    {
        var part = Studio.Movie($"{kind} {number}");
        (part["kind"], part["parentId"], part["number"], part["rating"]) = (kind, parentId, number, null);
        return part;
    }
}
