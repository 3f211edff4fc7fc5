using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Reviews;

internal static class ReviewProblems
{
    public static readonly Problem NotFound = new("review_not_found", 404, "There is no such review.");

    public static readonly Problem NotReviewed = new("title_not_reviewed", 409, "Movies, series and episodes are reviewed; a season and an extra are not.");

    public static readonly Problem RatingInvalid = new("rating_invalid", 400, "Give 1 to 10 half stars.");

    public static readonly Problem TextInvalid = new("review_text_invalid", 400, "Give a text of at most 4000 characters, without control characters.");

    public static readonly Problem TextNotForKids = new("review_text_not_for_kids", 403, "A profile for kids rates, but writes no text.");

    public static readonly Problem NotWatched = new("title_not_watched", 403, "Watch it first.");

    public static readonly Problem NameNeeded = new(
        "public_name_needed", 409, "Choose the name under which others read what you write, with PUT /api/reviews/name.");

    public static readonly Problem NameInvalid = new(
        "public_name_invalid", 400, "Give a name of 2 to 30 letters, digits, spaces and . _ - ' that begins with a letter or digit.");

    public static readonly Problem NameRefused = new("public_name_refused", 400, "This name is not taken here. Choose another one.");

    public static readonly Problem NameTaken = new("public_name_taken", 409, "Somebody has this name, or one that looks like it.");

    public static readonly Problem NameNotFound = new("public_name_not_found", 404, "The profile has no such name, or not any more.");

    public static readonly Problem RemovedNameNotFound = new("removed_name_not_found", 404, "There is no such name among those that were taken.");

    public static readonly Problem SortUnknown = new("sort_unknown", 400, "Sort by newest or helpful.");

    public static readonly Problem Own = new("review_own", 409, "It is of your own account.");

    public static readonly Problem ReasonUnknown = new("report_reason_unknown", 400, $"Name a reason: {string.Join(", ", Marks.ReportReasons.All)}.");

    public static readonly Problem NoteInvalid = new("report_note_invalid", 400, "Give a note of at most 500 characters.");

    public static readonly Problem ReportedAlready = new("review_reported_already", 409, "This account has reported it already.");

    public static readonly Problem QueueUnknown = new("review_state_unknown", 400, $"Name a state: {string.Join(", ", Moderation.Queues.All)}.");

    public static readonly Problem RemovalReasonInvalid = new("removal_reason_invalid", 400, "Give a reason of 1 to 300 characters; its author reads it.");

    public static readonly Problem MoveUnfit = new("review_state_unfit", 409, "It is not in a state for this.");

    public static readonly Problem WordsInvalid = new(
        "words_invalid", 400, "Give at most 5000 words or phrases of 1 to 60 characters with a letter or digit each.");

    public static readonly Problem WordsChanged = new("words_changed", 412, "Somebody has changed the list since you saw it. Read it again.");
}
