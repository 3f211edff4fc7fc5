using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using FlickStream.Portal.Reviews.Words;
using FlickStream.Portal.Watching.Playing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Reviews.Names;

/// <param name="Name">2..30 characters.</param>
internal sealed record PublicNameRequest([property: Required] string? Name);

/// <param name="Name">Null until the profile has chosen one.</param>
internal sealed record PublicNameAnswer(string? Name);

/// <summary>GET and PUT: the name of the profile that acts. It cannot be an address: there is no @ in one.</summary>
internal static partial class ChoosePublicName
{
    private static readonly string[] OfOthers = ["admin", "administrator", "moderator", "flickstream", "support"];

    public static async Task<Results<Ok<PublicNameAnswer>, ProblemHttpResult>> ShowAsync(SeenTitles seen, NameStore names, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        return watcher is null ? refusal!.ToResult() : TypedResults.Ok(new PublicNameAnswer(await names.OfAsync(watcher.Profile.Id, http.RequestAborted)));
    }

    public static async Task<Results<Ok<PublicNameAnswer>, ProblemHttpResult>> HandleAsync(
        PublicNameRequest request, SeenTitles seen, NameStore names, WordStore words, HttpContext http)
    {
        var (watcher, refusal) = await seen.WatcherAsync(http);
        if (watcher is null) return refusal!.ToResult();
        if (watcher.Profile.Content.IsKids) return ReviewProblems.TextNotForKids.ToResult();
        var name = request.Name?.Trim() ?? "";
        if (!Name().IsMatch(name)) return ReviewProblems.NameInvalid.ToResult();
        if (OfOthers.Contains(string.Concat(FoldedText.Words(name, isLeet: true))) || (await words.ListAsync(http.RequestAborted)).Has(name))
            return ReviewProblems.NameRefused.ToResult();
        return await names.SetAsync(watcher.Profile, name, CancellationToken.None) is { } taken
            ? taken.ToResult() : TypedResults.Ok(new PublicNameAnswer(name));
    }

    [GeneratedRegex(@"^[\p{L}\p{Nd}][\p{L}\p{Mn}\p{Mc}\p{Nd} ._'-]{1,29}\z")]
    private static partial Regex Name();
}
