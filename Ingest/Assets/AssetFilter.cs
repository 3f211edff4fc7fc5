using FlickStream.Platform.Access;
using FlickStream.Platform.Contracts;
using FlickStream.Platform.Documents;

namespace FlickStream.Ingest.Assets;

/// <summary>Which assets are asked for; null: whatever it is.</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="State">As people see it, of <see cref="AssetStates"/>.</param>
/// <param name="Name">A part of the title or of the file's name.</param>
/// <param name="From">Taken in at that time or later.</param>
/// <param name="Until">Taken in before.</param>
internal sealed record AssetFilter(Caller Caller, string? State, string? Name, DateTimeOffset? From, DateTimeOffset? Until)
{
    private static readonly AssetState[] Shown = [.. Enum.GetValues<AssetState>().Where(state => state is not AssetState.Deleted)];

    public IReadOnlyList<DocumentFilter> Fields()
    {
        List<DocumentFilter> fields = [DocumentFilter.In("state", [.. Stored().Select(state => state.ToString())])];
        if (!Caller.IsAdmin) fields.Add(DocumentFilter.Equal("owner", Caller.Id));
        if (From is { } from) fields.Add(DocumentFilter.AtLeast("created", from));
        if (Until is { } until) fields.Add(DocumentFilter.Below("created", until));
        return fields;
    }

    public bool IsNamed(Asset asset) => Name is null || Contains(asset.Title) || Contains(asset.FileName);

    private bool Contains(string text) => text.Contains(Name!, StringComparison.OrdinalIgnoreCase);

    // The rest of the states are told by the presentation.
    private AssetState[] Stored() => State switch
    {
        null => Shown,
        AssetStates.Inspecting => [AssetState.Inspecting],
        AssetStates.Refused => [AssetState.Refused],
        _ => [AssetState.Accepted, AssetState.Planned],
    };
}
