using System.Security.Cryptography;
using FlickStream.Platform.Http;
using FlickStream.Platform.Languages;
using FlickStream.Platform.Problems;
using FlickStream.Portal.Catalog.Editing;
using FlickStream.Portal.Catalog.Titles;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Portal.Catalog.Artwork;

/// <summary>PUT: an image in a role, in place of the one that is there. The image is the body; its name and its declared type play no part.</summary>
internal static class PutArtwork
{
    private const int MostImages = 60;

    /// <param name="language">Of words in it; null for all.</param>
    public static async Task<Results<Ok<ArtworkAnswer>, ProblemHttpResult>> HandleAsync(
        string id, [OneOf(typeof(ArtworkRoles))] string role, TitleEditor editor, TitleStore titles, ArtworkPlaces places, ImageEncoder encoder, ArtworkFiles files, SpareFiles spares,
        IOptions<CatalogOptions> options, TimeProvider time, HttpContext http, string? language = null)
    {
        if (await editor.FindAsync(id, http) is null) return TitleProblems.NotFound.ToResult();
        if (ArtworkRoles.WidthsOf(role) is not { } widths) return ArtworkProblems.RoleInvalid.ToResult();
        var of = LanguageTags.Shortest(language);
        if (language is not null && of is null) return TitleProblems.LanguageInvalid.ToResult();
        if (http.Request.ContentLength > options.Value.ArtworkBytes) return Refuse(ArtworkProblems.TooLarge, options.Value);
        using var place = await places.TakeAsync(http.RequestAborted);
        if (place is null)
        {
            http.Response.Headers.RetryAfter = "10";
            return ArtworkProblems.Busy.ToResult();
        }

        var (bytes, unread) = await ReadAsync(http, options.Value.ArtworkBytes, places);
        if (bytes is null) return Refuse(unread!, options.Value);
        var (encoded, problem) = await encoder.EncodeAsync(bytes, widths, options.Value.ArtworkPixels, http.RequestAborted);
        if (encoded is null) return Refuse(problem!, options.Value);

        var made = new ArtworkImage(IdOf(bytes), role, of, encoded.Width, encoded.Height, encoded.Widths, encoded.Formats);
        // Named as spare before a byte is written, so that the sweep finds what a crash leaves.
        var begun = await titles.ChangeAsync(id, title => Begun(title, made, time.GetUtcNow()), CancellationToken.None);
        if (begun.Refusal is { } refusal) return refusal.ToResult();
        await spares.TrimAsync(begun.Title!, CancellationToken.None);
        await files.WriteAsync(id, made.Id, encoded, CancellationToken.None);
        var written = await titles.EditAsync(id, null, title => Written(title, made, time.GetUtcNow()), CancellationToken.None);
        if (written.Refusal is { } late) return late.ToResult();
        TitleEditor.Tag(http, written.Title!);
        return TypedResults.Ok(ArtworkAnswer.Of(id, made));
    }

    private static ProblemHttpResult Refuse(Problem problem, CatalogOptions options) => problem != ArtworkProblems.TooLarge ? problem.ToResult()
        : problem.ToResult(FormattableString.Invariant($"At most {options.ArtworkBytes} bytes and {options.ArtworkPixels} pixels."));

    private static TitleResult Begun(Title title, ArtworkImage made, DateTimeOffset now) =>
        title.Artwork.Count(image => (image.Role, image.Language) != (made.Role, made.Language)) >= MostImages ? new Refusal(ArtworkProblems.TooMany)
        : new TitleResult(title with { SpareArtwork = [.. title.SpareArtwork, new(made.Id, now)] }, null);

    private static TitleResult Written(Title title, ArtworkImage made, DateTimeOffset now)
    {
        var replaced = title.Artwork.Where(image => (image.Role, image.Language) == (made.Role, made.Language)).ToList();
        return new TitleResult(
            title with
            {
                Artwork = [.. title.Artwork.Except(replaced), made],
                SpareArtwork = [.. title.SpareArtwork.Where(spare => spare.Id != made.Id), .. replaced.Select(image => new SpareArtwork(image.Id, now))],
            },
            null);
    }

    // The hash tells what it shows; the rest makes it new, so that no removal of an earlier one can meet it.
    private static string IdOf(byte[] bytes) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    private static async Task<(byte[]? Bytes, Problem? Problem)> ReadAsync(HttpContext http, int most, ArtworkPlaces places)
    {
        using var reading = places.ReadingTime();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, reading.Token);
        using var file = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            while (await http.Request.Body.ReadAsync(buffer, stop.Token) is var read and > 0)
            {
                if (file.Length + read > most) return (null, ArtworkProblems.TooLarge);
                file.Write(buffer, 0, read);
            }
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            return (null, ArtworkProblems.TooSlow);
        }

        return (file.ToArray(), null);
    }
}
