using FlickStream.Search.Bench;

namespace FlickStream.Portal.Tests.Search;

/// <summary>What <c>./bench search</c> is given.</summary>
public sealed class BenchInputsTests : IDisposable
{
    private const string Titles = "1|One|Drama, spies|name-de=Eins;people=Ann A,Ben B;year=1999;popularity=2.5;studio=X\n2|Two||\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-bench-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Files_that_are_as_they_must_be_are_read()
    {
        var (inputs, said) = Read("\uFEFF" + Titles.ReplaceLineEndings("\r\n\r\n"), "one|1\n\n Eins | 1\n");
        Assert.Equal("", said);
        var title = inputs!.Titles[0];
        Assert.Equal(["1", "2"], inputs.Titles.Select(one => one.Id));
        Assert.Equal(["One", "Eins"], title.Names);
        Assert.Equal(["Ann A", "Ben B"], title.People.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((1999, 2.5), (title.Content.Year, title.Plays));
        Assert.Equal(["drama"], title.Content.Genres!);
        Assert.Equal(["spies"], title.Content.Tags!);
        Assert.Equal([("one", "1"), ("Eins ", "1")], inputs.Queries.Select(query => (query.Text, query.Wanted!)));
    }

    [Theory]
    [InlineData("1|One|\n", "one|1", "titles:1: a line of titles has three bars.")]
    [InlineData("1|One||\n\n1|Again||\n", "one|1", "titles:3: 1 is in line 1 already.")]
    [InlineData("|One||\n", "one|1", "titles:1: '' is no id: those are words without blanks.")]
    [InlineData("1|One||\n2| ||\n", "one|1", "titles:2: a name is blank.")]
    [InlineData("1|One||name-de=\n", "one|1", "titles:1: a name is blank.")]
    [InlineData("1|One||year=abc\n", "one|1", "titles:1: year wants a number, not 'abc'.")]
    [InlineData("1|One||year=99999999999\n", "one|1", "titles:1: year wants a number, not '99999999999'.")]
    [InlineData("1|One||popularity=x\n", "one|1", "titles:1: popularity wants a number, not 'x'.")]
    [InlineData("1|One||popularity=NaN\n", "one|1", "titles:1: popularity wants a number, not 'NaN'.")]
    [InlineData("1|One||popularity=-1\n", "one|1", "titles:1: popularity wants at least 0, not -1.")]
    [InlineData("1|One||year=1999;classic\n", "one|1", "titles:1: 'classic' is no key=value.")]
    [InlineData("\n", "one|1", "titles: there are no titles.")]
    [InlineData(Titles, "one\n", "queries:1: a line of queries has one bar.")]
    [InlineData(Titles, "one|1\n\ntwo|3\n", "queries:3: no title is 3.")]
    [InlineData(Titles, "one|1\n |1\n", "queries:2: that is no query: Give what is looked for as q, in 1 to 200 characters.")]
    [InlineData(Titles, "\n", "queries: there are no queries.")]
    public void What_is_wrong_in_a_file_is_said_with_its_line(string titles, string queries, string why)
    {
        var (inputs, said) = Read(titles, queries);
        Assert.Null(inputs);
        Assert.Equal(Path.Combine(_folder.FullName, why) + Environment.NewLine, said);
    }

    [Fact]
    public void A_query_of_more_than_200_characters_is_refused_with_its_line()
    {
        var (_, fit) = Read(Titles, $"{new string('a', 200)}|1\n");
        Assert.Equal("", fit);
        var (inputs, said) = Read(Titles, $"one|1\n{new string('a', 201)}|1\n");
        Assert.Null(inputs);
        Assert.StartsWith(Path.Combine(_folder.FullName, "queries:2: that is no query"), said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--generate wants at most 10000000, not 99999999999.", "--generate", "99999999999")]
    [InlineData("--generate wants at least 1, not 0.", "--generate", "0")]
    [InlineData("--requests wants a number, not 'abc'.", "--requests", "abc")]
    [InlineData("--requests wants at least 1, not 0.", "--requests", "0")]
    [InlineData("--edits wants at least 0, not -1.", "--edits", "-1")]
    [InlineData("--seed wants a number, not '1.5'.", "--seed", "1.5")]
    [InlineData("--seed wants a value.", "--seed")]
    [InlineData("No such option: --bogus", "--bogus", "1")]
    [InlineData("Not an option: bogus", "bogus")]
    public void What_is_wrong_in_the_arguments_is_said(string why, params string[] words)
    {
        using var errors = new StringWriter();
        Assert.Null(Inputs.Read(words, errors));
        Assert.Equal(why + Environment.NewLine, errors.ToString());
    }

    [Fact]
    public void A_file_that_there_is_not_is_named()
    {
        using var errors = new StringWriter();
        var missing = Path.Combine(_folder.FullName, "missing");
        Assert.Null(Inputs.Read(["--titles", missing], errors));
        Assert.Contains(missing, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_a_title_is_called_can_be_typed()
    {
        var name = string.Join(' ', Enumerable.Repeat("long", 60));
        var inputs = Inputs.Read(["--titles", Written("titles", $"1|{name}||people={name}\n2|Z||\n3|2001||\n"), "--requests", "50"], TextWriter.Null);
        Assert.Equal(50 * 7, inputs!.Queries.Length);
        Assert.All(inputs.Queries, query => Assert.InRange(query.Text.Trim().Length, 1, 200));
    }

    private (Inputs? Inputs, string Said) Read(string titles, string queries)
    {
        using var errors = new StringWriter();
        return (Inputs.Read(["--titles", Written("titles", titles), "--queries", Written("queries", queries)], errors), errors.ToString());
    }

    private string Written(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
