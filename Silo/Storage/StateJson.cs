using System.Text.Json;
using Orleans.Storage;

namespace OrleansChat.Silo.Storage;

/// <summary>
/// Grains' states as plain JSON. Orleans' own choice writes the names of .NET types into the data and makes whatever
/// type the data names; this one makes the type that the grain asks for, and renaming a class loses no state.
/// </summary>
public sealed class StateJson : IGrainStorageSerializer
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public BinaryData Serialize<T>(T input) => new(JsonSerializer.SerializeToUtf8Bytes(input, Options));

    public T Deserialize<T>(BinaryData input) =>
        JsonSerializer.Deserialize<T>(input, Options) ?? throw new JsonException($"A state of {typeof(T).Name} is null.");
}
