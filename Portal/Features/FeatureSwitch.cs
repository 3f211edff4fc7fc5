using System.Buffers.Binary;
using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using FlickStream.Platform.Documents;

namespace FlickStream.Portal.Features;

/// <summary>How an administrator has switched a feature. Id: its name.</summary>
[ImmutableObject(true)]
internal sealed record FeatureSwitch
{
    public static readonly DocumentSchema<FeatureSwitch> Schema = new("feature_switches");

    public required FeatureRule Rule { get; init; }

    /// <summary>One more with every change.</summary>
    public required long Revision { get; init; }
}

/// <summary>All that a request can set.</summary>
[ImmutableObject(true)]
internal sealed record FeatureRule
{
    private const double Whole = 100;

    /// <summary>Of accounts, 0..100; each is always on the same side, and one that is on stays on when it grows. Who is not signed in has it at 100
    /// alone.</summary>
    public required double Percent { get; init; }

    /// <summary>By account: on or off, whatever the percentage; at most 1000.</summary>
    public IReadOnlyDictionary<string, bool>? Accounts { get; init; }

    /// <param name="feature">By its name accounts fall on other sides for other features.</param>
    /// <param name="accountId">Null for somebody who is not signed in.</param>
    public bool IsOnFor(string feature, string? accountId) =>
        accountId is not null && Accounts?.TryGetValue(accountId, out var isOn) is true ? isOn
        : Percent >= Whole || (accountId is not null && SideOf(feature, accountId) < Percent);

    /// <summary>0..100, always the same, and spread evenly.</summary>
    public static double SideOf(string feature, string accountId) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{feature}\n{accountId}"))) * Whole / ((double)uint.MaxValue + 1);
}
