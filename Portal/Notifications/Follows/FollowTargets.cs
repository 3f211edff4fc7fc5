using FlickStream.Portal.Catalog.Browsing;
using FlickStream.Portal.Catalog.People;
using FlickStream.Portal.Catalog.Titles;
using FlickStream.Portal.Watching.Playing;

namespace FlickStream.Portal.Notifications.Follows;

/// <summary>What there is to follow: what the profile sees.</summary>
internal sealed class FollowTargets(PersonStore people)
{
    private static readonly OrderedDictionary<string, FollowType> ByPath = new(StringComparer.Ordinal)
    {
        ["people"] = FollowType.Person, ["series"] = FollowType.Series, ["genres"] = FollowType.Genre,
    };

    /// <summary>As paths name them.</summary>
    public static IReadOnlyList<string> Types { get; } = [.. ByPath.Keys];

    public static FollowType? TypeOf(string path) => ByPath.TryGetValue(path, out var type) ? type : null;

    public async Task<bool> HasAsync(Watcher watcher, FollowType type, string id, CancellationToken cancellationToken) => type switch
    {
        FollowType.Series => watcher.Find(id)?.Row.Kind == Kinds.Series,
        FollowType.Genre => Genres.Names.ContainsKey(id),
        _ => IsSeen(watcher, id) && await people.GetAsync(id, cancellationToken) is not null,
    };

    /// <summary>Names of what is followed, as far as the profile sees it.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(Watcher watcher, IReadOnlyList<Follow> follows, CancellationToken cancellationToken)
    {
        var seen = follows.Where(follow => follow.Type == FollowType.Person && IsSeen(watcher, follow.TargetId)).Select(follow => follow.TargetId).ToList();
        var names = (await people.NamesAsync(seen, cancellationToken)).ToDictionary(one => Follow.TargetOf(FollowType.Person, one.Key), one => one.Value.Name);
        foreach (var follow in follows)
        {
            var name = follow.Type switch
            {
                FollowType.Series => watcher.CardOf(follow.TargetId)?.Name,
                FollowType.Genre => Genres.Names.GetValueOrDefault(follow.TargetId),
                _ => null,
            };
            if (name is not null) names[Follow.TargetOf(follow.Type, follow.TargetId)] = name;
        }

        return names;
    }

    private static bool IsSeen(Watcher watcher, string personId) =>
        Array.Exists(watcher.View.Snapshot.With(Facet.Person, personId), watcher.View.UpTo(watcher.Viewing.MaximumAge).Has);
}
