namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>What goes wrong, by chance from one seed.</summary>
internal sealed class Fate(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    /// <summary>None goes wrong while it is kind.</summary>
    public bool IsKind { get; set; }

    /// <summary>Nodes killed, calls lost.</summary>
    public int Kills { get; private set; }

    public int LostAnswers { get; private set; }

    public double Next()
    {
        lock (_lock) return _random.NextDouble();
    }

    public bool Chance(double probability) => Next() < probability;

    public T Pick<T>(IReadOnlyList<T> of) => of[(int)(Next() * of.Count)];

    /// <exception cref="NodeKilledException">Once in a thousand or so times.</exception>
    public void MayKill(double probability)
    {
        if (IsKind || !Chance(probability)) return;
        lock (_lock) Kills++;
        throw new NodeKilledException();
    }

    public bool LosesAnswer(double probability)
    {
        if (IsKind || !Chance(probability)) return false;
        lock (_lock) LostAnswers++;
        return true;
    }
}

/// <summary>The node is gone: nothing that it was about to do is done.</summary>
internal sealed class NodeKilledException : Exception;
