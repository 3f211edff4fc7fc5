using FlickStream.Recommend.Bench;

namespace FlickStream.Portal.Tests.Recommendations;

/// <summary>What <c>./bench recommend</c> is given.</summary>
public sealed class BenchInputsTests : IDisposable
{
    private const string Train = "ann 1 2 3 4 5\nben 5 4 3 2 1\n", Test = "ann 6\nben 7\n", Items = "1|One|drama|person=P\n6|Six||\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-bench-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("next", Train, Test, Items)]
    [InlineData("topn", "\n ann 1 2 3 4 5 \r\n\nben\n", Test, null)]
    [InlineData("foldin", Train, "cem 1 2 | 6\ndan | 7 3\neve 1 |\n", Items)]
    public void Files_that_are_as_they_must_be_are_read(string protocol, string train, string test, string? items)
    {
        var (inputs, said) = Read(protocol, train, test, items);
        Assert.Equal("", said);
        Assert.Equal((2, 7), (inputs!.Data!.Train.Viewers, inputs.Data.Train.Titles));
        Assert.Equal(2, inputs.Data.Tests.Length);
        Assert.Equal(items is null ? "" : "One", inputs.Data.Texts[0].Name);
    }

    [Theory]
    [InlineData("next", "ann 1 2 3 4 5\n\nben 1\nann 2\n", Test, null, "train:4: ann is in line 1 already.")]
    [InlineData("next", Train, "ann 6\nann 7\n", null, "test:2: ann is in line 1 already.")]
    [InlineData("next", "ann 1 2 3 4 5\nben 1 | 2\n", Test, null, "train:2: only lines of fold-in tests and of titles have bars.")]
    [InlineData("topn", Train, "ann 6\nben 1 | 7\n", null, "test:2: only lines of fold-in tests and of titles have bars.")]
    [InlineData("foldin", Train, "cem 1 | 6\n | 6\n", null, "test:2: there is no user before the bar.")]
    [InlineData("foldin", Train, "cem 1 6\n", null, "test:1: a line of fold-in has one bar.")]
    [InlineData("foldin", Train, "cem 1 | 6 | 7\n", null, "test:1: a line of fold-in has one bar.")]
    [InlineData("foldin", Train, "cem 1 | 6\n\ncem 1 | 7\n", null, "test:3: cem is in line 1 already.")]
    [InlineData("foldin", Train, "cem 1 | 6\nben 1 | 7\n", null, "test:2: ben is among those of whom is learned.")]
    [InlineData("foldin", Train, "cem 1 2 | 6 2\n", null, "test:1: 2 is known and hidden.")]
    [InlineData("next", Train, Test, "1|One||\n2|Two||\n1|Again||\n", "items:3: 1 is in line 1 already.")]
    [InlineData("next", Train, Test, "1|One|\n", "items:1: a line of titles has three bars.")]
    [InlineData("next", Train, Test, "|One||\n", "items:1: '' is no id: those are words without blanks.")]
    [InlineData("next", Train, Test, "1 2|One||\n", "items:1: '1 2' is no id: those are words without blanks.")]
    [InlineData("next", Train, Test, "1|One||synopsis=half; a sentence\n", "items:1: 'a sentence' is no key=value.")]
    [InlineData("next", Train, "ann\nben\n", null, "test: there is nothing to find.")]
    [InlineData("next", Train, "", null, "test: there is nothing to find.")]
    [InlineData("next", Train, "ann 5\nben 1\n", null, "test: there is nothing to find.")]
    [InlineData("next", "", Test, null, "train: nobody has watched 5 titles, of which some could be hidden to learn from.")]
    [InlineData("next", "ann 1 2 3 4\nben 1 2 3 4 4\n", Test, null, "train: nobody has watched 5 titles, of which some could be hidden to learn from.")]
    public void What_is_wrong_in_a_file_is_said_with_its_line(string protocol, string train, string test, string? items, string why)
    {
        var (inputs, said) = Read(protocol, train, test, items);
        Assert.Null(inputs);
        Assert.Equal(Path.Combine(_folder.FullName, why) + Environment.NewLine, said);
    }

    [Theory]
    [InlineData("--protocol is next, topn, foldin, not 'bogus'.", "--train", "TRAIN", "--test", "TRAIN", "--protocol", "bogus")]
    [InlineData("Name --train FILE and --test FILE, or --generate INTERACTIONSxTITLES, or --catalogue TITLES, or --content TITLES.", "--train", "TRAIN")]
    [InlineData("--generate wants INTERACTIONSxTITLES, at least 1000x100, not '1000'.", "--generate", "1000")]
    [InlineData("--generate wants INTERACTIONSxTITLES, at least 1000x100, not '0x0'.", "--generate", "0x0")]
    [InlineData("--generate wants INTERACTIONSxTITLES, at least 1000x100, not '1000x0'.", "--generate", "1000x0")]
    [InlineData("--generate wants INTERACTIONSxTITLES, at least 1000x100, not '1000x100x2'.", "--generate", "1000x100x2")]
    [InlineData("--generate wants INTERACTIONSxTITLES, at least 1000x100, not '99999999999x100'.", "--generate", "99999999999x100")]
    [InlineData("--viewers wants at least 1, not 0.", "--generate", "1000x100", "--viewers", "0")]
    [InlineData("--viewers wants at most 125 of 1000 interactions.", "--generate", "1000x100", "--viewers", "126")]
    [InlineData("--catalogue wants a number, not 'abc'.", "--catalogue", "abc")]
    [InlineData("--catalogue wants at least 1000, not 0.", "--catalogue", "0")]
    [InlineData("--requests wants at least 1, not 0.", "--catalogue", "1000", "--requests", "0")]
    [InlineData("The field Factors must be between 8 and 512.", "--catalogue", "1000", "--factors", "7")]
    [InlineData("The field Factors must be a multiple of 8.", "--catalogue", "1000", "--factors", "12")]
    [InlineData("--factors wants a number, not '8.5'.", "--catalogue", "1000", "--factors", "8.5")]
    [InlineData("--factors wants a value.", "--factors")]
    [InlineData("No such option: --bogus", "--bogus")]
    [InlineData("Not an option: bogus", "bogus")]
    public void What_is_wrong_in_the_arguments_is_said(string why, params string[] words)
    {
        var train = Written("train", Train);
        using var errors = new StringWriter();
        Assert.Null(Inputs.Read([.. words.Select(word => word == "TRAIN" ? train : word)], errors));
        Assert.Equal(why + Environment.NewLine, errors.ToString());
    }

    [Fact]
    public void A_file_that_there_is_not_is_named()
    {
        using var errors = new StringWriter();
        var missing = Path.Combine(_folder.FullName, "missing");
        Assert.Null(Inputs.Read(["--train", missing, "--test", missing], errors));
        Assert.Contains(missing, errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Users_to_test_of_whom_nothing_was_trained_on_are_told()
    {
        var (inputs, _) = Read("next", Train, "ann 6\nzoe 6\n", null);
        Assert.EndsWith("2 viewers to test, 1 of them not among those that were trained on", inputs!.Data!.Size, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("next")]
    [InlineData("topn")]
    public void Titles_to_find_that_the_same_user_has_watched_before_are_left_out_and_told(string protocol)
    {
        var (inputs, said) = Read(protocol, Train, "ann 6 3 7 3\nben 1\nzoe 3\n", null);
        Assert.Equal("", said);
        var data = inputs!.Data!;
        Assert.Equal([[5, 6], [2]], data.Tests.Select(test => test.Hidden));
        Assert.EndsWith(
            "2 viewers to test, 1 of them not among those that were trained on; 2 titles to find left out, as their viewers have watched them in what was trained on",
            data.Size, StringComparison.Ordinal);
    }

    [Fact]
    public void The_least_that_can_be_made_up_is_made_up()
    {
        var inputs = Inputs.Read(["--generate", "1000x100", "--viewers", "125"], TextWriter.Null);
        Assert.Equal((125, 100), (inputs!.Data!.Train.Viewers, inputs.Data.Train.Titles));
        Assert.Equal(125, inputs.Data.Tests.Length);
    }

    private (Inputs? Inputs, string Said) Read(string protocol, string train, string test, string? items)
    {
        using var errors = new StringWriter();
        string[] words = ["--protocol", protocol, "--train", Written("train", train), "--test", Written("test", test)];
        return (Inputs.Read(items is null ? words : [.. words, "--items", Written("items", items)], errors), errors.ToString());
    }

    private string Written(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }
}
