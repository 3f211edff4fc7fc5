using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Ingest.Assets;
using FlickStream.Platform.Access;
using FlickStream.Platform.Blobs;
using FlickStream.Platform.Bus;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Languages;
using FlickStream.Platform.Problems;
using FlickStream.Platform.TimedText;

namespace FlickStream.Ingest.Texts;

/// <summary>POST: a text file, recognised by its content, for whatever is or will be encoded of the asset.</summary>
internal static class AddText
{
    private const int MaxTexts = 64;
    private const int MaxLabel = 100;
    private const int MostOffset = 24 * 60 * 60;

    public static async Task<IResult> Handle(
        string id,
        HttpRequest request,
        IDocuments documents,
        IBlobs blobs,
        IBus bus,
        TimeProvider time,
        CancellationToken cancellationToken,
        string? language = null,
        string role = "subtitles",
        string? label = null,
        string? offset = null)
    {
        if (LanguageTags.Shortest(language) is not { } tag) return TextProblems.LanguageInvalid.ToResult();
        if (!Enum.TryParse<TextRole>(role, ignoreCase: true, out var kind) || !Enum.IsDefined(kind) || !char.IsLetter(role[0]))
            return TextProblems.RoleInvalid.ToResult();
        if (label is { Length: > MaxLabel } || label?.Any(char.IsControl) == true) return TextProblems.LabelInvalid.ToResult();
        if (!IsOffset(offset, out var seconds)) return TextProblems.OffsetInvalid.ToResult();
        var asset = (await FindAsset.OfAsync(documents, id, Caller.Of(request.HttpContext), cancellationToken))?.Value;
        if (await RefuseAssetAsync(asset, documents, cancellationToken) is { } refusal) return refusal.ToResult();
        if (await ReadAsync(request, cancellationToken) is not { } bytes) return TextProblems.TooLarge.ToResult();
        if (TextEncodings.Decode(bytes) is not var (file, encoding)) return TextProblems.EncodingUnknown.ToResult();
        if (TimedTextFile.Recognise(file) is not { } format) return TextProblems.FormatUnknown.ToResult();
        var cues = TimedTextFile.Read(file, format).Take(CueList.MaxCues).Where(cue => cue.Text.Length > 0 && cue.End > Math.Max(cue.Start, 0)).ToList();
        if (cues.Count == 0) return TextProblems.NoCues.ToResult();
        if (asset?.Media is { } media && Outside(cues, media, seconds) is { } detail) return ProgrammeTime.OutsideTitle.ToResult(detail);

        var text = new SideText
        {
            AssetId = id,
            TextId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)),
            Language = tag,
            Role = kind,
            Label = string.IsNullOrWhiteSpace(label) ? LanguageTags.NameOf(tag) ?? tag : label.Trim(),
            Format = format,
            Encoding = encoding,
            Cues = cues.Count,
            Offset = seconds,
            CreatedAt = time.GetUtcNow(),
            IsPending = true,
        };
        using (var content = new MemoryStream(Encoding.UTF8.GetBytes(file), writable: false))
            await blobs.WriteAsync(text.BlobKey, content, cancellationToken);
        var isNew = await documents.Set(SideText.Schema).InsertAsync(SideText.IdOf(id, text.TextId), text, CancellationToken.None) is not null;
        if (!isNew) throw new InvalidOperationException("Two texts of one asset were given one id.");
        await bus.PublishAsync(Topics.TextChanged, SideText.IdOf(id, text.TextId), CancellationToken.None);
        return TypedResults.Created($"/api/assets/{id}/text/{text.TextId}", TextAnswer.Of(text, null));
    }

    private static bool IsOffset(string? offset, out double? seconds)
    {
        seconds = double.TryParse(offset, NumberStyles.Float, CultureInfo.InvariantCulture, out var given) && Math.Abs(given) <= MostOffset ? given : null;
        return offset is null || seconds is not null;
    }

    /// <summary>What is wrong with a text of which nothing would be seen.</summary>
    private static string? Outside(List<Cue> cues, MediaReport media, double? offset)
    {
        var length = (long)Math.Ceiling((media.Video?.DurationSeconds ?? media.DurationSeconds) * 1000);
        var shift = offset is null ? ProgrammeTime.ShiftOf(cues, length, (long?)(media.TimecodeSeconds * 1000)) : (long)(offset * 1000);
        return shift is { } added && cues.Exists(cue => ProgrammeTime.IsWithin(cue, added, length)) ? null : ProgrammeTime.Detail(cues, length);
    }

    private static async Task<Problem?> RefuseAssetAsync(Asset? asset, IDocuments documents, CancellationToken cancellationToken) =>
        asset?.State switch
        {
            null => TextProblems.AssetNotFound,
            AssetState.Refused => TextProblems.AssetRefused,
            _ when await documents.Set(SideText.Schema).CountAsync([DocumentFilter.Equal("asset", asset.Id)], cancellationToken) >= MaxTexts =>
                TextProblems.TooMany,
            _ => null,
        };

    /// <summary>Null when the body is larger than any text that is read.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > TimedTextFile.MaxBytes) return null;
        using var file = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await request.Body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (file.Length + read > TimedTextFile.MaxBytes) return null;
            file.Write(buffer, 0, read);
        }

        return file.ToArray();
    }
}
