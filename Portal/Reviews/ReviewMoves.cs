namespace FlickStream.Portal.Reviews;

/// <summary>From one state of a review to the next. Pure.</summary>
internal static class ReviewMoves
{
    /// <summary>What its author says now. What is held or removed stays so: only a moderator shows it again.</summary>
    /// <param name="before">As it was; of a new one without rating and text.</param>
    /// <param name="rating">1..10.</param>
    /// <param name="text">Null: none.</param>
    /// <param name="hasForbidden">Whether the text has a word of the list.</param>
    /// <param name="now">The time.</param>
    public static Review Write(Review before, int rating, string? text, bool hasForbidden, DateTimeOffset now)
    {
        var next = before with { Rating = rating, Text = text, EditedAt = now };
        if (text is null || text == before.Text) return next;
        // Who reported it once cannot again: what was decided about was another text.
        next = next with { ReportsSettled = 0 };
        if (next.Queue != before.Queue) next = next with { StateSince = now };
        return before.State == ReviewState.Removed ? Hold(next, HoldCause.Rewritten, now) : hasForbidden ? Hold(next, HoldCause.Words, now) : next;
    }

    /// <summary>Taken back by its author. That something was held or removed is kept, or writing it anew would show it.</summary>
    public static Review Withdraw(Review before, DateTimeOffset now) => before.State == ReviewState.Shown
        ? Delete(before, now) : before with { Rating = null, Text = null, EditedAt = now };

    public static Review Delete(Review before, DateTimeOffset now) => before with { State = ReviewState.Deleted, Rating = null, Text = null, EditedAt = now };

    /// <param name="before">As it was.</param>
    /// <param name="reports">All that there are.</param>
    /// <param name="holding">Those of them that can hold it.</param>
    /// <param name="most">So many of those that nobody has decided about hold it.</param>
    /// <param name="now">The time.</param>
    public static Review Report(Review before, int reports, int holding, int most, DateTimeOffset now)
    {
        var next = before with { Reports = reports, Holding = holding };
        return next.State == ReviewState.Shown && next.Holding - next.HoldingSettled >= most ? Hold(next, HoldCause.Reports, now)
            : next.Queue == before.Queue ? next : next with { StateSince = now };
    }

    /// <summary>A moderator lets it be read; reports made so far hold it no more.</summary>
    public static Review Show(Review before, DateTimeOffset now) => before with
    {
        State = ReviewState.Shown, StateSince = now, HeldFor = null, RemovedFor = null, ReportsSettled = before.Reports, HoldingSettled = before.Holding,
    };

    public static Review Remove(Review before, string reason, DateTimeOffset now) => before with
    {
        State = ReviewState.Removed, StateSince = now, HeldFor = null, RemovedFor = reason, ReportsSettled = before.Reports, HoldingSettled = before.Holding,
    };

    private static Review Hold(Review review, HoldCause cause, DateTimeOffset now) => review with
    {
        State = ReviewState.Held, StateSince = now, HeldFor = cause, RemovedFor = null,
    };
}
