using FlickStream.Platform.Problems;

namespace FlickStream.Portal.Notifications;

internal static class NotificationProblems
{
    public static readonly Problem NotFound = new("notification_not_found", 404, "There is no such notification.");

    public static readonly Problem KindUnknown = new(
        "notification_kind_unknown", 404, "There is no such kind of notification; GET /api/notifications/preferences lists them.");

    public static readonly Problem MailInvalid = new("mail_choice_invalid", 400, "Choose off, now or digest.");

    public static readonly Problem MailFixed = new("mail_choice_fixed", 409, "What concerns payments is always written by mail; only the app's part is chosen.");

    public static readonly Problem NotOfProfile = new("notification_kind_of_account", 409, "This kind is chosen for the whole account.");

    public static readonly Problem LinkInvalid = new(
        "unsubscribe_link_invalid", 404, "This link is not as it was in the letter, or too old. Choose in your account what you are written about.");

    public static readonly Problem FollowUnknown = new("follow_target_unknown", 404, "There is no such person, series or genre that this profile sees.");

    public static readonly Problem FollowsFull = new("follow_limit_reached", 409, "The profile follows as much as it may. Follow something no more first.");

    public static readonly Problem TooManyStreams = new(
        "event_streams_limit", 429, "This account listens from as many pages as it may. Close one of them.");
}
