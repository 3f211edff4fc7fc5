namespace FlickStream.Portal.Notifications.Unsubscribing;

/// <summary>For who follows the link in a letter: no script, no style, and nothing of whose it is.</summary>
internal static class UnsubscribePage
{
    public const string ContentType = "text/html; charset=utf-8";

    public static string Ask(MailEnding ending) => Page(
        "End these letters?",
        $"<p>You will not be written about {Words(ending)} any more. What is told in the app stays as it is.</p>\n<form method=\"post\"><button>End them</button></form>");

    public static string Done(MailEnding ending) => Page(
        "These letters are ended", $"<p>You are not written about {Words(ending)} any more. In your account you choose it again.</p>");

    private static string Page(string title, string body) =>
        $"<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"robots\" content=\"noindex\">\n"
        + $"<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n{body}\n</body>\n</html>\n";

    private static string Words(MailEnding ending)
    {
        List<string> all = [.. ending.Kinds.Select(WordsOf)];
        if (ending.ProfileIds.Count > 0) all.Add(WordsOf(NotificationKind.NewRelease));
        if (ending.IsDigest) all.Add("what else comes once a day");
        return string.Join(", ", all);
    }

    private static string WordsOf(NotificationKind kind) => kind switch
    {
        NotificationKind.NewRelease => "new releases",
        NotificationKind.Renewed => "paid renewals",
        NotificationKind.EncodeFinished => "titles that are ready",
        NotificationKind.EncodeFailed => "titles that could not be encoded",
        _ => throw new InvalidOperationException($"Letters about {kind} are not ended by a link."),
    };
}
