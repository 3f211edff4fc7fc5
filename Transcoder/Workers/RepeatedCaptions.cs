using FlickStream.Platform.TimedText;

namespace FlickStream.Transcoder.Workers;

/// <summary>Most services of CEA-708 are made from a channel of CEA-608 and say the same; viewers need it once. Pure.</summary>
internal static class RepeatedCaptions
{
    // Words in a row that seldom come twice in other texts; shorter cues are compared whole.
    private const int Run = 3;

    // A converter may break lines otherwise, or lose a letter that CEA-608 has not.
    private const double MostlySame = 0.8;

    /// <summary>Channels without the services that say nothing but what one of CEA-608 says too, in a language that is not stated to be another.</summary>
    /// <param name="channels">With cues or without.</param>
    /// <param name="languages">BCP 47, by the channel's name.</param>
    public static IReadOnlyList<CaptionChannel> LeftOut(IReadOnlyList<CaptionChannel> channels, IReadOnlyDictionary<string, string> languages)
    {
        List<(CaptionChannel Channel, HashSet<string> Runs)> first = [.. channels.Where(c => !c.IsService).Select(c => (c, RunsOf(c)))];
        return [.. channels.Where(c => c is { IsService: true, Cues.Count: > 0 } && first.Exists(other => IsSameLanguage(c, other.Channel) && IsSame(c, other.Runs)))];

        bool IsSameLanguage(CaptionChannel one, CaptionChannel other) =>
            languages.GetValueOrDefault(one.Name) is not { } a || languages.GetValueOrDefault(other.Name) is not { } b || a == b;
    }

    private static bool IsSame(CaptionChannel service, HashSet<string> channel)
    {
        var runs = RunsOf(service);
        return runs.Count > 0 && runs.Count(channel.Contains) >= MostlySame * runs.Count;
    }

    private static HashSet<string> RunsOf(CaptionChannel channel)
    {
        var runs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var cue in channel.Cues)
        {
            var words = WordsOf(cue.Text);
            for (var i = 0; i <= Math.Max(0, words.Length - Run); i++) runs.Add(string.Join(' ', words.Skip(i).Take(Run)));
        }

        runs.Remove("");
        return runs;
    }

    /// <summary>Letters and digits, large ones small: CEA-608 is mostly written in capitals. Tags and entities of a cue are none.</summary>
    private static string[] WordsOf(string text)
    {
        foreach (var markup in (string[])["<i>", "</i>", "<u>", "</u>", "&amp;", "&lt;", "&gt;"]) text = text.Replace(markup, "", StringComparison.Ordinal);
        return new string([.. text.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || char.IsWhiteSpace(c))]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }
}
