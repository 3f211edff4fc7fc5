using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using FlickStream.Platform.Documents;
using FlickStream.Platform.Http;
using FlickStream.Portal.OpenApi;

namespace FlickStream.Portal.Profiles;

/// <summary>One of those who watch by an account.</summary>
[ImmutableObject(true)]
internal sealed record Profile
{
    public static readonly DocumentSchema<Profile> Schema = new DocumentSchema<Profile>("profiles")
        .Field("account", p => p.GoneAt is null ? p.AccountId : null)
        .Field("place", p => p.Place)
        .Field("gone", p => p.GoneAt)
        .Index(unique: true, "account", "place")
        .Index("gone");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    public required string AccountId { get; init; }

    /// <summary>1, 2, …: no two of an account have one, which is what keeps to the number that is allowed.</summary>
    public required int Place { get; init; }

    public required ProfileContent Content { get; init; }

    /// <summary>One more with every change of <see cref="Content"/>.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>A PHC string; null without a PIN.</summary>
    public string? PinHash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was deleted: nobody finds it any more, and what others write for it in that moment goes with it. Null while it is there.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>Whether it is one of so many of its account, the oldest first.</summary>
    public bool IsAmong(IEnumerable<Profile> all, int most) => all.OrderBy(p => p.CreatedAt).ThenBy(p => p.Place).Take(most).Any(p => p.Id == Id);
}

/// <summary>What its owner says of a profile: all that a request can set.</summary>
[ImmutableObject(true)]
internal sealed record ProfileContent
{
    /// <summary>1..40 characters.</summary>
    [Required]
    public string? Name { get; init; }

    /// <summary>Of the pictures that apps have.</summary>
    [OneOf(typeof(ProfileRules), nameof(ProfileRules.Avatars)), AlwaysAnswered]
    public string? Avatar { get; init; }

    /// <summary>BCP 47, the dearest first; names of titles come in the first.</summary>
    [AlwaysAnswered]
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>Ids of <c>/api/genres</c>.</summary>
    [AlwaysAnswered]
    public IReadOnlyList<string>? FavouriteGenres { get; init; }

    /// <summary>0..18; titles for older ones are not shown. Null: 18, or 12 for kids.</summary>
    [AlwaysAnswered]
    public int? MaximumAge { get; init; }

    /// <summary>For a child: the limit is at most 12.</summary>
    public bool IsKids { get; init; }

    /// <summary>Not everything is shown in it, so that from within it no profile is made, changed or deleted.</summary>
    [JsonIgnore]
    public bool IsLimited => IsKids || MaximumAge < ProfileRules.Oldest;

    /// <summary>Whether the next episode begins by itself.</summary>
    public bool Autoplay { get; init; } = true;

    [AlwaysAnswered]
    public CaptionChoice? Captions { get; init; }
}

/// <param name="AreOn">Shown unasked.</param>
/// <param name="Language">BCP 47; null: that of the profile.</param>
internal sealed record CaptionChoice(bool AreOn, string? Language = null);
