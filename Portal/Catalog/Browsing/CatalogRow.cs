using FlickStream.Portal.Catalog.Titles;

namespace FlickStream.Portal.Catalog.Browsing;

/// <summary>What browsing needs to know of a title that may be seen by somebody.</summary>
internal sealed record CatalogRow
{
    public required string Id { get; init; }

    /// <summary>Of the title, that it was made of.</summary>
    public required long Revision { get; init; }

    public required string Kind { get; init; }

    public required string? ParentId { get; init; }

    public required int? Number { get; init; }

    public required int? Year { get; init; }

    /// <summary>Null where what it belongs to says it.</summary>
    public required int? MinimumAge { get; init; }

    public required string OriginalLanguage { get; init; }

    /// <summary>By language.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Names { get; init; }

    public required IReadOnlyList<string> Genres { get; init; }

    public required IReadOnlyList<string> Countries { get; init; }

    public required IReadOnlyList<string> People { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required IReadOnlyList<AvailabilityWindow> Windows { get; init; }

    public required IReadOnlyList<ArtworkImage> Artwork { get; init; }

    public required DateTimeOffset ReleaseAt { get; init; }

    public required double Popularity { get; init; }

    /// <summary>Null for what nobody sees.</summary>
    public static CatalogRow? Of(Title title) => title is not { IsDeleted: false, Publication: Publication.Released, ReleaseAt: { } release } ? null : new()
    {
        Id = title.Id,
        Revision = title.Revision,
        Kind = string.Intern(title.Content.Kind!),
        ParentId = title.Content.ParentId,
        Number = title.Content.Number,
        Year = title.Content.Year,
        MinimumAge = title.Content.Rating?.MinimumAge,
        OriginalLanguage = string.Intern(title.Content.OriginalLanguage!),
        Names = [.. title.Content.Texts!.Select(text => KeyValuePair.Create(string.Intern(text.Key), text.Value!.Name!))],
        Genres = [.. title.Content.Genres!.Select(string.Intern)],
        Countries = [.. title.Content.Countries!.Select(string.Intern)],
        People = [.. title.Content.People!.Select(credit => credit.PersonId!).Distinct()],
        Tags = title.Content.Tags!,
        Windows = title.Content.Windows!,
        Artwork = title.Artwork,
        ReleaseAt = release,
        Popularity = title.Popularity,
    };

    public string NameIn(string? language)
    {
        var chosen = Translation.Choose(Names.Select(name => name.Key), OriginalLanguage, language);
        return Names.First(name => name.Key == chosen).Value;
    }

    /// <summary>The values by which it is found.</summary>
    public IEnumerable<(Facet Facet, string Value)> Values() => Enum.GetValues<Facet>().SelectMany(facet => ValuesOf(facet).Select(value => (facet, value)));

    public IReadOnlyList<string> ValuesOf(Facet facet) => facet switch
    {
        Facet.Kind => [Kind],
        Facet.Genre => Genres,
        Facet.Language => [OriginalLanguage],
        Facet.Country => Countries,
        Facet.Person => People,
        Facet.Tag => Tags,
        Facet.Parent => ParentId is null ? [] : [ParentId],
        _ => [.. Names.Select(name => name.Key)],
    };
}

internal enum Facet
{
    Kind,
    Genre,
    Language,
    Country,
    Person,
    Tag,
    Parent,

    /// <summary>A language in which it has a name.</summary>
    Named,
}
