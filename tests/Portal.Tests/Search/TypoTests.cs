using FlickStream.Search.Bench;

namespace FlickStream.Portal.Tests.Search;

/// <summary>How many typos are forgiven, in a catalog of made-up titles in eight languages and five scripts. The same titles and typos each time.</summary>
public sealed class TypoTests
{
    [Fact]
    public void At_least_85_percent_of_one_letter_typos_find_their_title_among_the_first_five()
    {
        var titles = MadeUpTitles.Make(10_000, seed: 7);
        using var site = new Site(titles);
        var tried = new Typing(titles, seed: 8).Queries(1500).Where(query => query.Kind == "one-letter typos")
            .Select(query => (Script: ScriptOf(query.Text), IsFound: site.Find(query).Items.Take(5).Any(item => item.Id == query.Wanted))).ToList();
        var byScript = tried.GroupBy(one => one.Script).ToDictionary(script => script.Key, script => (Share: script.Average(one => one.IsFound ? 1 : 0), Tried: script.Count()));
        Assert.Equal(["Arabic", "Cyrillic", "Greek", "Japanese", "Latin"], byScript.Keys.Order(StringComparer.Ordinal));
        Assert.True(tried.Average(one => one.IsFound ? 1 : 0) >= 0.85);
        // A name of two signs is another one with one of them wrong.
        Assert.All(byScript, script => Assert.True(script.Value.Share >= (script.Key == "Japanese" ? 0.75 : 0.85) && script.Value.Tried > 50, $"{script.Key}: {script.Value}"));
    }

    private static string ScriptOf(string text) => text.First(char.IsLetter) switch
    {
        < '\u0370' => "Latin",
        < '\u0400' => "Greek",
        < '\u0530' => "Cyrillic",
        < '\u0700' => "Arabic",
        _ => "Japanese",
    };
}
