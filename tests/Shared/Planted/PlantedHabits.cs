namespace FlickStream.Shared.Planted;

/// <summary>What made-up viewers watch.</summary>
/// <param name="Liked">Clusters that a viewer likes.</param>
/// <param name="EvenlyLiked">Each as much; else the first most.</param>
/// <param name="LikedShare">Of the sessions that are in one of these, and not anywhere.</param>
/// <param name="SuccessorShare">Of titles that are watched because of the one before.</param>
/// <param name="LoversPower">To which a title's fame counts with those who love hits.</param>
/// <param name="OthersPower">With those who avoid them.</param>
/// <param name="HitsPower">Where either watches what all watch.</param>
internal sealed record PlantedHabits(
    int Liked, bool EvenlyLiked, double LikedShare, double SuccessorShare, double LoversPower, double OthersPower, double HitsPower)
{
    public static readonly PlantedHabits Narrow = new(3, true, 0.85, 0.2, 1.3, 0.4, 1.6);

    /// <summary>By which popularity and factors find what they find on ML-1M.</summary>
    public static readonly PlantedHabits Broad = new(8, false, 0.7, 0.1, 1, 0.8, 1);

    public int DrawLiked(Random random) => EvenlyLiked ? random.Next(Liked) : (int)(Liked * random.NextDouble() * random.NextDouble());
}
