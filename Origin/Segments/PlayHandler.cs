using FlickStream.Origin.Grants;
using FlickStream.Origin.Keys;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;
using FlickStream.Platform.Http;
using FlickStream.Platform.Leases;
using FlickStream.Platform.Problems;
using FlickStream.Platform.Protection;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Segments;

/// <summary>Answers everything under <c>/play/</c>.</summary>
internal sealed class PlayHandler(
    Gate gate,
    PresentationCache presentations,
    ManifestCache manifests,
    SendBlob sendBlob,
    SendKey sendKey,
    ClearKeyLicence clearKey,
    IDelivery delivery,
    IOptions<DeliveryOptions> deliveryOptions,
    IOptions<OriginOptions> options,
    ILogger<PlayHandler> log)
{
    private const string Jpeg = "image/jpeg";
    private const string Vtt = "text/vtt; charset=utf-8";

    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            CorsHeaders.Write(context.Response.Headers);
            if (await AnswerAsync(context) is { } refusal) await RefuseAsync(context, refusal);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The viewer left or sought elsewhere; nobody is there to be answered.
            context.Abort();
        }
        catch (LimitsUnavailableException)
        {
            await RefuseAsync(context, PlayProblems.LimitsUnavailable);
        }
        catch (ContentKeyLostException e)
        {
            log.LogError(e, "A key was asked for and cannot be opened");
            await RefuseAsync(context, KeyProblems.Unavailable);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            log.LogError(e, "A playback request failed: {TraceId}", context.TraceIdentifier);
            context.Response.Clear();
            CorsHeaders.Write(context.Response.Headers);
            context.Response.Headers.CacheControl = "no-store";
            await FaultProblems.Of(e).ToResult(context.TraceIdentifier).ExecuteAsync(context);
        }
    }

    private static Task RefuseAsync(HttpContext context, Problem refusal)
    {
        context.Response.Headers.CacheControl = "no-store";
        return refusal.ToResult().ExecuteAsync(context);
    }

    /// <returns>The refusal to send; null when the answer is sent.</returns>
    private async ValueTask<Problem?> AnswerAsync(HttpContext context)
    {
        var method = context.Request.Method;
        var text = context.Request.Path.Value!;
        var isNamed = PlayPath.TryParse(text, out var path);
        var isLicence = isNamed && path.Kind == PlayKind.ClearKey;
        var methods = isLicence ? "POST, OPTIONS" : "GET, HEAD, OPTIONS";
        if (HttpMethods.IsOptions(method))
        {
            CorsHeaders.WritePreflight(context.Response.Headers, methods);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return null;
        }

        if (isLicence ? !HttpMethods.IsPost(method) : !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            context.Response.Headers.Allow = methods;
            return PlayProblems.MethodNotAllowed;
        }

        if (!isNamed) return PlayProblems.NotFound;
        var isPlaying = path.Kind is PlayKind.Segment or PlayKind.Init or PlayKind.Media or PlayKind.Mpd
            or PlayKind.PeriodKey or PlayKind.ContentKey or PlayKind.ClearKey;
        var (claims, refusal) = await gate.AdmitAsync(text.AsMemory(path.Token), isPlaying, context.RequestAborted);
        if (claims is null) return refusal;
        var view = await presentations.FindRevisionAsync(claims.AssetId, claims.Revision, context.RequestAborted);
        if (view is null)
            return await presentations.FindAsync(claims.AssetId, context.RequestAborted) is null ? PlayProblems.NotFound : PlayProblems.Replaced;
        var height = view.HeightFor(claims.MaxHeight);
        if (height == 0) return PlayProblems.NotFound;
        return path.Kind switch
        {
            PlayKind.Poster => await SendMediumAsync(context, view, claims, view.Presentation.PosterPart(), "", Jpeg),
            PlayKind.Sprite => await SendSpriteAsync(context, view, claims, path.Number),
            PlayKind.Multivariant => await SendManifestAsync(context, view, claims, ManifestKind.Multivariant, null, height),
            PlayKind.ContentKey => await sendKey.SendContentAsync(context, view, text.AsSpan(path.Rendition), height),
            PlayKind.ClearKey => await clearKey.AnswerAsync(context, view, height),
            PlayKind.Mpd when view.IsForHlsAlone => KeyProblems.NoDash,
            PlayKind.Mpd => await SendManifestAsync(context, view, claims, ManifestKind.Mpd, null, height),
            PlayKind.Thumbnails => await SendManifestAsync(context, view, claims, ManifestKind.Thumbnails, null, 0),
            PlayKind.Images => ThumbnailSheets.Of(view) is null ? PlayProblems.NotFound
                : await SendManifestAsync(context, view, claims, ManifestKind.Images, null, 0),
            PlayKind.Chapters => await SendManifestAsync(context, view, claims, ManifestKind.Chapters, null, 0),
            PlayKind.AppleChapters => await SendManifestAsync(context, view, claims, ManifestKind.AppleChapters, null, 0),
            _ => view.Find(text.AsSpan(path.Rendition)) is not { } rendition
                ? view.FindText(text.AsSpan(path.Rendition)) is { } words ? await SendTextAsync(context, view, claims, words, path) : PlayProblems.NotFound
                : !view.Allows(rendition, height) ? PlayProblems.NotFound
                : path.Kind == PlayKind.Media ? await SendManifestAsync(context, view, claims, ManifestKind.Media, rendition.Track.Name, 0)
                : path.Kind == PlayKind.Init ? await SendMediumAsync(context, view, claims, rendition, ManifestNames.Init)
                : path.Kind == PlayKind.PeriodKey ? await sendKey.SendPeriodAsync(context, view, rendition, path.Number)
                : path.Kind is PlayKind.WholeText or PlayKind.TextSegment ? PlayProblems.NotFound
                : path.Kind == PlayKind.Segment ? await SendSegmentAsync(context, view, claims, rendition, path.Number)
                : rendition.IsVideo ? await SendManifestAsync(context, view, claims, ManifestKind.IFrames, rendition.Track.Name, 0)
                : PlayProblems.NotFound,
        };
    }

    private async ValueTask<Problem?> SendManifestAsync(
        HttpContext context, PresentationView view, GrantClaims claims, ManifestKind kind, string? rendition, int height)
    {
        var address = await delivery.AddressAsync(GrantScope.Of(claims, view), context.RequestAborted);
        var contentType = kind switch
        {
            ManifestKind.Mpd => "application/dash+xml",
            ManifestKind.Thumbnails or ManifestKind.Chapters => Vtt,
            ManifestKind.AppleChapters => "application/json",
            _ => "application/vnd.apple.mpegurl",
        };
        // Only an MPD that names a licence server differs from grant to grant.
        var folder = kind == ManifestKind.Mpd && view.Keys is { IsDelivered: true } ? PublicAddress.FolderOf(context, options.Value) : "";
        await SendManifest.SendAsync(context, manifests.Get(view, kind, rendition, height, address, claims.IsOfEvent, folder), contentType, view.IsGrowing);
        return null;
    }

    private async ValueTask<Problem?> SendSegmentAsync(
        HttpContext context, PresentationView view, GrantClaims claims, Rendition rendition, int number)
    {
        if (number >= view.Shown(rendition))
        {
            // Another origin may have shown its players a segment that this one has not heard of.
            if (!view.IsGrowing || number >= view.Presentation.Grid.SegmentCount(view.Presentation.Frames)) return PlayProblems.NotFound;
            var newer = await presentations.ReadAsync(view.Presentation.AssetId, context.RequestAborted);
            if (newer?.Presentation.Revision != view.Presentation.Revision) return PlayProblems.NotFound;
            if (newer.Find(rendition.Track.Name) is not { } grown || number >= newer.Shown(grown)) return PlayProblems.NotFound;
        }

        return await SendMediumAsync(context, view, claims, rendition, $"{number}{ManifestNames.Segment}");
    }

    private async ValueTask<Problem?> SendTextAsync(
        HttpContext context, PresentationView view, GrantClaims claims, TextRendition rendition, PlayPath path) => path.Kind switch
    {
        PlayKind.Media when view.Video.Count + view.Audio.Count > 0 => await SendManifestAsync(context, view, claims, ManifestKind.Text, rendition.Name, 0),
        PlayKind.WholeText => await SendMediumAsync(context, view, claims, view.Presentation.PartOf(rendition), ManifestNames.WholeText, Vtt),
        PlayKind.TextSegment when path.Number < rendition.Segments =>
            await SendMediumAsync(context, view, claims, view.Presentation.PartOf(rendition), $"{path.Number}{ManifestNames.TextSegment}", Vtt),
        _ => PlayProblems.NotFound,
    };

    private ValueTask<Problem?> SendSpriteAsync(HttpContext context, PresentationView view, GrantClaims claims, int sheet)
    {
        var (grid, frames) = (view.Presentation.Grid, view.Presentation.Frames);
        var sheets = view.Presentation.ThumbnailsPerSheet > 0 ? grid.SheetCount(frames) : grid.ChunkCount(frames);
        return sheet < sheets
            ? SendMediumAsync(context, view, claims, view.Presentation.SpritesPart(), $"{sheet}.jpg", Jpeg)
            : new(PlayProblems.NotFound);
    }

    private ValueTask<Problem?> SendMediumAsync(
        HttpContext context, PresentationView view, GrantClaims claims, Rendition rendition, string name) =>
        SendMediumAsync(context, view, claims, rendition.Track.Part, name, rendition.IsVideo ? "video/mp4" : "audio/mp4");

    private async ValueTask<Problem?> SendMediumAsync(
        HttpContext context, PresentationView view, GrantClaims claims, MediaPart part, string name, string contentType)
    {
        if (deliveryOptions.Value.IsMediaElsewhere)
        {
            // Manifests name the CDN; this is for what no manifest names, and for players that began before there was one.
            var address = await delivery.AddressAsync(GrantScope.Of(claims, view), context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            context.Response.Redirect(address.UrlOf(part, name));
            return null;
        }

        var etag = $"\"{part.Revision}-{part.Name.Replace('/', '-')}{name}\"";
        return await sendBlob.SendAsync(context, $"{view.KeyOf(part)}{name}", etag, contentType) ? null : PlayProblems.NotFound;
    }
}
