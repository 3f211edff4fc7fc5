using FlickStream.Standalone.Tests.Harness;

namespace FlickStream.Standalone.Tests.Page;

/// <summary>A studio at the page, in a real browser.</summary>
[Collection(WithReadyTitle.Name)]
public sealed class PageTests(ReadyTitle title)
{
    internal sealed record Visit(
        string? Fatal,
        IReadOnlyList<string> Complaints,
        string Address,
        string? Title,
        bool IsNamedAsFile,
        IReadOnlyList<string>? Qualities,
        string? PlayerProblem);

    [Fact]
    public async Task A_studio_adds_a_master_watches_it_and_deletes_it()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var folder = Directory.CreateTempSubdirectory("flickstream-page-");
        try
        {
            var master = await TestMaster.MakeAsync(Path.Combine(folder.FullName, "Rough cut.mov"), seconds: 8, cancellationToken: cancellation);
            var visit = await NodeScript.RunAsync<Visit>(
                "page.mjs", ["--page", title.FlickStream.Page.AbsoluteUri, "--file", master.Path], cancellation);
            Assert.Null(visit.Fatal);
            Assert.Empty(visit.Complaints);
            Assert.DoesNotContain("key=", visit.Address, StringComparison.Ordinal);
            Assert.True(visit.IsNamedAsFile, $"shown as {visit.Title}");
            Assert.True(visit.Qualities!.Count > 2, "automatic and at least two rungs");
            Assert.Equal("", visit.PlayerProblem);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
