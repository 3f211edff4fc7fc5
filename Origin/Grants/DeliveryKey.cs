using System.Collections.Frozen;
using System.Globalization;
using FlickStream.Platform.Documents;

namespace FlickStream.Origin.Grants;

/// <summary>A secret that seals playback tokens. Kept with the other documents, so that every origin has the same; never logged or
/// shown.</summary>
/// <param name="Id">1, 2, 3, ...: the newest signs.</param>
/// <param name="Secret">32 random bytes.</param>
/// <param name="CreatedAt">When it began to sign.</param>
internal sealed record DeliveryKey(uint Id, byte[] Secret, DateTimeOffset CreatedAt)
{
    public static readonly DocumentSchema<DeliveryKey> Schema = new("delivery_keys");

    public static string DocumentId(uint id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Without the secret: a record prints all it has.</summary>
    public override string ToString() => $"delivery key {Id}";
}

/// <summary>The keys at one moment.</summary>
internal sealed class DeliveryKeyRing(IEnumerable<DeliveryKey> keys)
{
    private readonly FrozenDictionary<uint, DeliveryKey> _keys = keys.ToFrozenDictionary(k => k.Id);

    /// <summary>The one that signs; null before the first was made.</summary>
    public DeliveryKey? Current => _keys.Count == 0 ? null : _keys[_keys.Keys.Max()];

    public IEnumerable<DeliveryKey> All => _keys.Values;

    public DeliveryKey? Find(uint id) => _keys.GetValueOrDefault(id);
}
