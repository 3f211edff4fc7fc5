using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Accounts.OwnAccount;

/// <summary>Everything that is kept of a person, by slice, as a file.</summary>
internal static class ExportAccount
{
    public static async Task<JsonHttpResult<Dictionary<string, object>>> HandleAsync(IEnumerable<IPersonalData> slices, HttpContext http)
    {
        var export = new Dictionary<string, object>();
        foreach (var slice in slices) export[slice.Section] = await slice.ExportAsync(CallerSession.Of(http).AccountId, http.RequestAborted);
        http.Response.Headers.ContentDisposition = "attachment; filename=\"flickstream-account.json\"";
        return TypedResults.Json(export);
    }
}
