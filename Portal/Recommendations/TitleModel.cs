using System.Collections.Concurrent;
using FlickStream.Portal.Recommendations.Stages;

namespace FlickStream.Portal.Recommendations;

/// <summary>A model with the titles that its indexes stand for.</summary>
internal sealed class TitleModel
{
    private readonly Dictionary<string, int> _places;
    private readonly ConcurrentBag<StageScores> _spare = [];

    public TitleModel(IReadOnlyList<string> titleIds, RecommendationModel model)
    {
        (TitleIds, Model) = (titleIds, model);
        _places = new(titleIds.Count, StringComparer.Ordinal);
        for (var at = 0; at < titleIds.Count; at++) _places[titleIds[at]] = at;
    }

    public IReadOnlyList<string> TitleIds { get; }

    public RecommendationModel Model { get; }

    /// <summary>Null of a title that came after the training.</summary>
    public int? PlaceOf(string titleId) => _places.TryGetValue(titleId, out var place) ? place : null;

    /// <summary>For one request; to be given back.</summary>
    public StageScores Take() => _spare.TryTake(out var scores) ? scores : new(TitleIds.Count);

    public void GiveBack(StageScores scores) => _spare.Add(scores);
}
