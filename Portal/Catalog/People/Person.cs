using System.ComponentModel;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Catalog.People;

/// <summary>Somebody who made or plays in titles, one document for all studios, so that who is followed is followed everywhere.</summary>
[ImmutableObject(true)]
internal sealed record Person
{
    public static readonly DocumentSchema<Person> Schema = new DocumentSchema<Person>("people")
        .Field("id", p => p.Id)
        .Field("key", p => p.Key)
        .Field("changed", p => p.ChangedAt)
        .Index("id")
        .Index("changed")
        .Index(unique: true, "key");

    /// <summary>16 lower-case hex digits.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>What tells two of one name apart, such as a year of birth; empty usually.</summary>
    public string Note { get; init; } = "";

    /// <summary>The organisation, key or account that made it.</summary>
    public required string OwnerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From 1, one more with each change.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>When it was last renamed; null where it never was.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    private string Key => KeyOf(Name, Note);

    public static string KeyOf(string name, string note) => $"{name.ToLowerInvariant()}\t{note.ToLowerInvariant()}";
}
