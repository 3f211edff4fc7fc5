using System.Security.Cryptography;
using System.Text;
using FlickStream.Origin.Manifests;
using FlickStream.Origin.Presentations;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Delivery;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Leases;
using FlickStream.Platform.Playback;
using FlickStream.Platform.Problems;
using Microsoft.Extensions.Options;

namespace FlickStream.Origin.Grants;

/// <summary>Makes grants of requests that were found good.</summary>
internal sealed class GrantMaker(
    PresentationCache presentations,
    DeliveryKeys keys,
    IDocuments documents,
    ILeases leases,
    IDelivery delivery,
    IOptions<OriginOptions> options,
    TimeProvider time)
{
    private readonly IDocumentSet<Grant> _grants = documents.Set(Grant.Schema);
    private readonly IDocumentSet<Asset> _assets = documents.Set(Asset.Schema);

    /// <summary>The group that counts a viewer's streams; each owner names viewers as it likes.</summary>
    public static Guid GroupId(string owner, string viewer) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner.Length}:{owner}{viewer}")).AsSpan(0, 16));

    /// <param name="request">As <see cref="GrantChecks"/> lets it through.</param>
    /// <param name="owner">Who may renew and end it.</param>
    /// <param name="http">The viewer's request, or one that a service makes for it.</param>
    /// <param name="beside">What goes with it is written at the same time, by the grant's id: one flush of a disk, or one round trip, instead of two.</param>
    public async Task<PlaybackAnswer> MakeAsync(CreateGrant.Request request, string owner, HttpContext http, Func<string, Task>? beside = null)
    {
        var stop = http.RequestAborted;
        if (await presentations.FindPlayableAsync(request.AssetId!, stop) is not { } view) return new(null, await MissingAsync(request.AssetId!, stop));
        if (CheckPlayable(view, request) is { } refused) return new(null, refused);

        var claims = Claims(request, owner, view);
        if (claims.Streams is { } streams
            && !await leases.AcquireAsync(streams.Name, Grant.DocumentId(claims.GrantId), streams.Limit, options.Value.PlaceLife, stop))
        {
            return new(null, GrantProblems.StreamLimit);
        }

        var key = await keys.CurrentAsync(stop);
        var id = Grant.DocumentId(claims.GrantId);
        await Task.WhenAll(_grants.InsertAsync(id, GrantOf(request, owner, claims), stop), beside?.Invoke(id) ?? Task.CompletedTask);
        await OpenDeliveryAsync(GrantScope.Of(claims, view), http);
        return new(AnswerOf(claims, view, GrantToken.Seal(claims, key), http), null);
    }

    /// <summary>Signs here and not when the first manifest is asked for, and gives the browser the cookies that there may be.</summary>
    private async Task OpenDeliveryAsync(DeliveryScope scope, HttpContext http)
    {
        await delivery.AddressAsync(scope, http.RequestAborted);
        foreach (var cookie in await delivery.CookiesAsync(scope, http.RequestAborted))
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

    private static Problem? CheckPlayable(PresentationView view, CreateGrant.Request request) =>
        view.Presentation.State is PresentationState.Failed or PresentationState.Cancelled ? GrantProblems.AssetFailed
        : !view.IsPlayable ? GrantProblems.AssetNotPlayable
        : view.HeightFor(request.MaxHeight ?? 0) == 0 ? GrantProblems.NoRenditionAllowed
        : null;

    /// <summary>An asset without a presentation is not planned yet, or was refused.</summary>
    private async Task<Problem> MissingAsync(string assetId, CancellationToken cancellationToken) =>
        (await _assets.GetAsync(assetId, cancellationToken))?.Value.State switch
        {
            null or AssetState.Deleted => GrantProblems.AssetNotFound,
            AssetState.Refused => GrantProblems.AssetFailed,
            _ => GrantProblems.AssetNotPlayable,
        };

    private GrantClaims Claims(CreateGrant.Request request, string owner, PresentationView view)
    {
        var title = TimeSpan.FromSeconds((view.Presentation.Frames / view.Presentation.Grid.FrameRate).Value);
        var life = request.TtlSeconds is { } ttl ? TimeSpan.FromSeconds(ttl) : Longer(options.Value.GrantLife, 2 * title);
        if (life > options.Value.LongestGrantLife) life = options.Value.LongestGrantLife;
        var expires = (time.GetUtcNow() + life - DateTimeOffset.UnixEpoch).TotalSeconds;
        return new GrantClaims
        {
            // Of its time first: documents that are written together then lie together in every index by id, and a write of many is one of few pages.
            GrantId = Guid.CreateVersion7(time.GetUtcNow()),
            AssetId = view.Presentation.AssetId,
            Revision = view.Presentation.Revision,
            MaxHeight = request.MaxHeight ?? 0,
            IsOfEvent = view.IsGrowing,
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds((long)Math.Ceiling(expires)),
            Streams = request.StreamLimit is { } limit ? new StreamGroup(GroupId(owner, request.Viewer!), limit) : null,
        };
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private Grant GrantOf(CreateGrant.Request request, string owner, GrantClaims claims) => new()
    {
        Owner = owner,
        AssetId = claims.AssetId,
        Revision = claims.Revision,
        MaxHeight = claims.MaxHeight,
        Viewer = request.Viewer,
        Streams = claims.Streams,
        CreatedAt = time.GetUtcNow(),
        ExpiresAt = claims.ExpiresAt,
    };

    private PlaybackGrant AnswerOf(GrantClaims claims, PresentationView view, string token, HttpContext http)
    {
        var origin = PublicAddress.Of(http, options.Value);
        return new(
            Grant.DocumentId(claims.GrantId),
            $"{origin}/play/{token}/{ManifestNames.Multivariant}",
            view.IsForHlsAlone ? null : $"{origin}/play/{token}/{ManifestNames.Mpd}",
            claims.ExpiresAt,
            options.Value.HeartbeatInterval.TotalSeconds);
    }
}
