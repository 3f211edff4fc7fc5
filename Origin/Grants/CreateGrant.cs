using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using FlickStream.Platform.Problems;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Grants;

/// <summary>Grants one viewer the playing of one asset.</summary>
internal static class CreateGrant
{
    /// <param name="AssetId">What shall be played.</param>
    /// <param name="MaxHeight">Largest rendition, by its smaller side; none: all.</param>
    /// <param name="Viewer">Whom streams are counted for, as the caller names viewers.</param>
    /// <param name="StreamLimit">Streams the viewer may have at once; none: no limit.</param>
    /// <param name="TtlSeconds">How long the addresses work; none: well beyond the title's end.</param>
    internal sealed record Request([property: Required] string? AssetId, int? MaxHeight, string? Viewer, int? StreamLimit, double? TtlSeconds);

    /// <param name="GrantId">For heartbeats and for ending it.</param>
    /// <param name="Hls">The multivariant playlist's address.</param>
    /// <param name="Dash">The MPD's address; null for a title that only HLS can protect.</param>
    /// <param name="ExpiresAt">When the addresses stop working.</param>
    /// <param name="HeartbeatSeconds">How often a player with a stream limit should send a heartbeat.</param>
    internal sealed record Response(string GrantId, string Hls, string? Dash, DateTimeOffset ExpiresAt, double HeartbeatSeconds);

    public static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(
        Request request,
        HttpContext http,
        PresentationCache presentations,
        DeliveryKeys keys,
        IDocuments documents,
        ILeases leases,
        IDelivery delivery,
        IOptions<OriginOptions> options,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (Check(request, options.Value) is { } invalid) return invalid.ToResult();
        if (!await MayPlayAsync(request.AssetId!, Caller.Of(http), documents, cancellationToken)) return GrantProblems.AssetNotFound.ToResult();
        var found = await presentations.FindPlayableAsync(request.AssetId!, cancellationToken);
        if (found is not { } view)
            return (await MissingAsync(request.AssetId!, documents, cancellationToken)).ToResult();
        if (CheckPlayable(view, request) is { } refused) return refused.ToResult();

        var claims = Claims(request, http, view, options.Value, time);
        if (claims.Streams is { } streams
            && !await leases.AcquireAsync(
                streams.Name, Grant.DocumentId(claims.GrantId), streams.Limit, options.Value.PlaceLife, cancellationToken))
        {
            return GrantProblems.StreamLimit.ToResult();
        }

        var key = await keys.CurrentAsync(cancellationToken);
        var grant = GrantOf(request, http, claims, time);
        await documents.Set(Grant.Schema).InsertAsync(Grant.DocumentId(claims.GrantId), grant, cancellationToken);
        await OpenDeliveryAsync(GrantScope.Of(claims, view), http, delivery, cancellationToken);
        return TypedResults.Ok(ResponseOf(claims, view, GrantToken.Seal(claims, key), http, options.Value));
    }

    /// <summary>Signs here and not when the first manifest is asked for, and gives the browser the cookies that there may be.</summary>
    private static async Task OpenDeliveryAsync(
        DeliveryScope scope, HttpContext http, IDelivery delivery, CancellationToken cancellationToken)
    {
        await delivery.AddressAsync(scope, cancellationToken);
        foreach (var cookie in await delivery.CookiesAsync(scope, cancellationToken))
        {
            http.Response.Cookies.Append(cookie.Name, cookie.Value, new CookieOptions
            {
                Domain = cookie.Domain,
                Path = cookie.Path,
                Secure = true,
                HttpOnly = true,
                SameSite = SameSiteMode.None,
            });
        }
    }

    private static Problem? Check(Request request, OriginOptions options) =>
        request.AssetId is not { Length: > 0 and <= 150 } || !Ascii.IsValid(request.AssetId) ? GrantProblems.AssetNotFound
        : request.MaxHeight is < 1 or > 16384 ? GrantProblems.MaxHeightInvalid
        : request.StreamLimit is < 1 or > 255 ? GrantProblems.StreamLimitInvalid
        : request.Viewer is { Length: 0 or > 200 } || request.Viewer?.Any(char.IsControl) is true || request is { StreamLimit: not null, Viewer: null } ? GrantProblems.ViewerInvalid
        : request.TtlSeconds is { } ttl && !(ttl >= 1 && ttl <= options.LongestGrantLife.TotalSeconds) ? GrantProblems.TtlInvalid
        : null;

    private static Problem? CheckPlayable(PresentationView view, Request request) =>
        view.Presentation.State is PresentationState.Failed or PresentationState.Cancelled ? GrantProblems.AssetFailed
        : !view.IsPlayable ? GrantProblems.AssetNotPlayable
        : view.HeightFor(request.MaxHeight ?? 0) == 0 ? GrantProblems.NoRenditionAllowed
        : null;

    /// <summary>Only studios' keys and people are asked about: a site's own key plays everything, and pays for no reading.</summary>
    private static async Task<bool> MayPlayAsync(string assetId, Caller caller, IDocuments documents, CancellationToken cancellationToken) =>
        caller.OrganisationId is null || caller.MaySee((await documents.Set(Asset.Schema).GetAsync(assetId, cancellationToken))?.Value.Owner);

    /// <summary>An asset without a presentation is not planned yet, or was refused.</summary>
    private static async Task<Problem> MissingAsync(string assetId, IDocuments documents, CancellationToken cancellationToken) =>
        (await documents.Set(Asset.Schema).GetAsync(assetId, cancellationToken))?.Value.State switch
        {
            null or AssetState.Deleted => GrantProblems.AssetNotFound,
            AssetState.Refused => GrantProblems.AssetFailed,
            _ => GrantProblems.AssetNotPlayable,
        };

    private static GrantClaims Claims(Request request, HttpContext http, PresentationView view, OriginOptions options, TimeProvider time)
    {
        var title = TimeSpan.FromSeconds((view.Presentation.Frames / view.Presentation.Grid.FrameRate).Value);
        var life = request.TtlSeconds is { } ttl ? TimeSpan.FromSeconds(ttl) : Longer(options.GrantLife, 2 * title);
        if (life > options.LongestGrantLife) life = options.LongestGrantLife;
        var expires = (time.GetUtcNow() + life - DateTimeOffset.UnixEpoch).TotalSeconds;
        return new GrantClaims
        {
            GrantId = Guid.NewGuid(),
            AssetId = view.Presentation.AssetId,
            Revision = view.Presentation.Revision,
            MaxHeight = request.MaxHeight ?? 0,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds((long)Math.Ceiling(expires)),
            Streams = request.StreamLimit is { } limit ? new StreamGroup(GroupId(Caller.Of(http).Id, request.Viewer!), limit) : null,
        };
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static Guid GroupId(string owner, string viewer) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Length}:{owner}{viewer}")).AsSpan(0, 16));

    private static Grant GrantOf(Request request, HttpContext http, GrantClaims claims, TimeProvider time) => new()
    {
        Owner = Caller.Of(http).Id,
        AssetId = claims.AssetId,
        Revision = claims.Revision,
        MaxHeight = claims.MaxHeight,
        Viewer = request.Viewer,
        Streams = claims.Streams,
        CreatedAt = time.GetUtcNow(),
        ExpiresAt = claims.ExpiresAt,
    };

    private static Response ResponseOf(GrantClaims claims, PresentationView view, string token, HttpContext http, OriginOptions options)
    {
        var origin = PublicAddress.Of(http, options);
        return new Response(
            Grant.DocumentId(claims.GrantId),
            $"{origin}/play/{token}/{ManifestNames.Multivariant}",
            view.IsForHlsAlone ? null : $"{origin}/play/{token}/{ManifestNames.Mpd}",
            claims.ExpiresAt,
            options.HeartbeatInterval.TotalSeconds);
    }
}
