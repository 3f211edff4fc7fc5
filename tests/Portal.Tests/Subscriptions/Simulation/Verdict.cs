namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>What was counted, and what was wrong.</summary>
internal sealed class Verdict
{
    private readonly Lock _lock = new();

    public long Compared { get; set; }

    public long PassedOver { get; set; }

    public Dictionary<string, int> Charges { get; } = [];

    public List<string> Wrong { get; } = [];

    public void Charged(string what)
    {
        lock (_lock) Charges[what] = Charges.GetValueOrDefault(what) + 1;
    }

    public void Fail(string what)
    {
        lock (_lock) if (Wrong.Count < 50) Wrong.Add(what);
    }
}
