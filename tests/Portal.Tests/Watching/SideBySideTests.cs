using FlickStream.Platform.Documents;
using FlickStream.Portal.Tests.Accounts;
using FlickStream.Portal.Tests.Catalog;
using FlickStream.Portal.Tests.Subscriptions;
using FlickStream.Portal.Watching.Plays;
using Microsoft.Extensions.DependencyInjection;

namespace FlickStream.Portal.Tests.Watching;

public sealed class SideBySideTests
{
    // A test that waited for longer would wait for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_grant_and_what_is_played_are_written_side_by_side_and_a_refusal_writes_neither()
    {
        ContendedDocuments documents = null!;
        await using var portal = await PortalHost.StartAsync(
            new() { ["Origin:ReleaseInterval"] = "01:00:00", ["Origin:WithdrawalInterval"] = "01:00:00" }, hasOrigin: true,
            through: real => documents = new ContendedDocuments(real));
        using var studio = await Studio.OfAsync(portal);
        var title = await Playable.MovieAsync(portal, studio);
        using var viewer = await Person.RegisteredAsync(portal);
        await viewer.EnterAsync();
        await viewer.SubscribeAsync("basic");
        var (plays, playIsWritten) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        documents.BeforeInsertion = async written =>
        {
            if (written is Play)
            {
                plays++;
                playIsWritten.TrySetResult();
            }
            else if (written.GetType().Name == "Grant") await playIsWritten.Task.WaitAsync(Patience, Ct);
        };
        var play = await viewer.PlayAsync(title);
        var id = play.GetProperty("streamId").GetString()!;
        Assert.NotNull(await portal.Services.GetRequiredService<IDocuments>().Set(Play.Schema).GetAsync(id, Ct));
        await Problems.IsAsync(await viewer.AskToPlayAsync(title), System.Net.HttpStatusCode.Conflict, "stream_limit");
        Assert.Equal(1, plays);
    }
}
