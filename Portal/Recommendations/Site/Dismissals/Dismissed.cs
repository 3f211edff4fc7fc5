using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Recommendations.Site.Dismissals;

/// <summary>What a profile is not interested in. One document, so that a request reads all of it at once. Id: the profile's.</summary>
[ImmutableObject(true)]
internal sealed record Dismissed
{
    public static readonly DocumentSchema<Dismissed> Schema = new DocumentSchema<Dismissed>("dismissals").Field("account", d => d.AccountId).Index("account");

    public required string AccountId { get; init; }

    /// <summary>The latest first.</summary>
    public IReadOnlyList<string> TitleIds { get; init; } = [];
}
