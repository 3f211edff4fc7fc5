namespace FlickStream.Portal.Recommendations.Ranking;

internal enum RowOrder
{
    /// <summary>The ranker, where the model has one, else the blend.</summary>
    Ranked,

    /// <summary>The blend alone.</summary>
    Blend,

    Popularity,
}

internal static class RowOrders
{
    public static RecommendationModel In(this RecommendationModel model, RowOrder order) => order switch
    {
        RowOrder.Blend => model with { Ranker = null },
        RowOrder.Popularity => model with { Ranker = null, Blend = model.Blend.OnlyPopularity() },
        _ => model,
    };
}
