using System.Text;
using FlickStream.Platform.Media;

namespace FlickStream.Platform.Tests.Media;

public sealed class ShortLinesTests
{
    [Theory]
    [InlineData("one\ntwo\n\nthree", "one", "two", "", "three")]
    [InlineData("one\n", "one")]
    [InlineData("")]
    public async Task Lines_come_as_they_are(string output, params string[] lines) => Assert.Equal(lines, await ReadAsync(output));

    [Fact]
    public async Task Of_a_line_without_end_only_its_beginning_is_kept()
    {
        var lines = await ReadAsync($"first\n{new string('x', 1 << 20)}\nlast\n");
        Assert.Equal([5, ShortLines.Limit, 4], lines.Select(line => line.Length));
    }

    private static async Task<List<string>> ReadAsync(string output)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(output));
        List<string> lines = [];
        await foreach (var line in ShortLines.ReadAsync(stream, TestContext.Current.CancellationToken)) lines.Add(line);
        return lines;
    }
}
