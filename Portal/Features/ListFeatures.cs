using FlickStream.Platform.Access.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlickStream.Portal.Features;

/// <param name="On">Those of the features meant for clients that are on for who asks.</param>
/// <param name="Off">The others.</param>
internal sealed record ClientFeatures(IReadOnlyList<string> On, IReadOnlyList<string> Off);

/// <param name="Rule">How it was switched; null where nobody has.</param>
/// <param name="Revision">0 where nobody has.</param>
internal sealed record FeatureAnswer(string Name, string Sentence, bool IsOnByDefault, bool IsForClients, FeatureRule? Rule, long Revision)
{
    public static FeatureAnswer Of(Feature feature, FeatureSwitch? known) =>
        new(feature.Name, feature.Sentence, feature.IsOnByDefault, feature.IsForClients, known?.Rule, known?.Revision ?? 0);
}

internal sealed record FeatureList(IReadOnlyList<FeatureAnswer> Items);

internal static class ListFeatures
{
    /// <summary>For clients: what to show.</summary>
    public static async Task<Ok<ClientFeatures>> ForClientAsync(FeatureStore features, HttpContext http)
    {
        var (on, off) = (new List<string>(), new List<string>());
        foreach (var feature in AllFeatures.List.Where(feature => feature.IsForClients))
            (await features.IsOnAsync(feature, CallerSession.Find(http.User)?.AccountId, http.RequestAborted) ? on : off).Add(feature.Name);
        return TypedResults.Ok(new ClientFeatures(on, off));
    }

    /// <summary>For administrators: all, and how they are switched.</summary>
    public static async Task<Ok<FeatureList>> HandleAsync(FeatureStore features, CancellationToken stop)
    {
        var known = await features.ReadAsync(stop);
        return TypedResults.Ok(new FeatureList([.. AllFeatures.List.Select(feature => FeatureAnswer.Of(feature, known.GetValueOrDefault(feature.Name)))]));
    }
}
