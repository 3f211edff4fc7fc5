namespace FlickStream.Standalone.Tests.Harness;

/// <summary>One running FlickStream with one finished title, shared by all tests that only look at it.</summary>
public sealed class ReadyTitle : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("flickstream-master-");

    internal RunningFlickStream FlickStream { get; private set; } = null!;

    internal TestMaster Master { get; private set; } = null!;

    internal string AssetId { get; private set; } = "";

    internal Studio.Grant Grant { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var cancellation = TestContext.Current.CancellationToken;
        // Neither a whole number of segments nor of AAC frames, so that the last of each is a short one.
        Master = await TestMaster.MakeAsync(Path.Combine(_folder.FullName, "numbers.mov"), seconds: 21, cancellationToken: cancellation);
        FlickStream = await RunningFlickStream.StartAsync([Master.Path], cancellation);
        AssetId = await FlickStream.Client.OnlyAssetAsync(cancellation);
        await FlickStream.Client.WaitForAsync(AssetId, asset => asset.StateIs("ready"), cancellation);
        Grant = await FlickStream.Client.GrantAsync(AssetId, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (FlickStream is not null) await FlickStream.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

/// <summary>Players share one machine's cores, so tests with this collection run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class WithReadyTitle : ICollectionFixture<ReadyTitle>
{
    public const string Name = "ready title";
}

/// <summary>The same with a title of their own, for tests of what a title may have besides: beside the others they leave no core idle
/// while a player plays.</summary>
[CollectionDefinition(Name)]
public sealed class WithAnotherTitle : ICollectionFixture<ReadyTitle>
{
    public const string Name = "another ready title";
}
