namespace FlickStream.Standalone.Tests.Masters;

/// <summary>Which of the card's frames a title shows when, told by the box.</summary>
/// <param name="Width">The card's, pixels.</param>
/// <param name="Rate">The card's: frames or fields a second.</param>
internal sealed record Motion(int Width = 320, string Rate = "24")
{
    /// <summary>Number of the card's frame that the title begins with.</summary>
    public int First { get; init; }

    /// <summary>Of the card's frames, those that are in the master.</summary>
    public Func<int, bool> Has { get; init; } = _ => true;

    /// <summary>Where the box stands in a frame of the card, in steps.</summary>
    public Func<int, int> Step { get; init; } = number => number;

    /// <summary>Numbers of the card's frames that a title of this rate shows, from its first: each from the place on the title's grid that is
    /// nearest to its own time.</summary>
    public IEnumerable<int> Shown(double rate, int frames)
    {
        var (number, next) = (First, First + 1);
        for (var frame = 0; frame < frames; frame++)
        {
            while (Math.Round((next - First) / Card.Value(Rate) * rate, MidpointRounding.AwayFromZero) <= frame)
            {
                if (Has(next)) number = next;
                next++;
            }

            yield return number;
        }
    }

    /// <summary>How far the box is from where it must be, in steps of a frame, for each frame.</summary>
    public IEnumerable<double> Errors(Expected expected, Decoded decoded)
    {
        // Where a count may be wrong, the last frames are not sure to be there.
        var sure = Math.Min(decoded.Times.Count, expected.Frames) - expected.FramesWithin;
        return Shown(Card.Value(expected.Rate), sure)
            .Select((number, frame) => Math.Abs(decoded.Box(frame, expected.Letters) - Card.BoxAt(Step(number), Width)) * Width / Card.Step);
    }
}
