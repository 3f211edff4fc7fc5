namespace FlickStream.Platform.Http;

/// <summary>What JSON a member takes that a handler reads itself, for the document that clients are generated from.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReadAsAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
