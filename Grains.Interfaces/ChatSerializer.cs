using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using OrleansChat.Rooms;

namespace OrleansChat.Grains.Interfaces;

/// <summary>
/// How the domain's types travel between nodes: as JSON, so that the domain need not know Orleans and nodes of
/// neighbouring versions understand each other; and without a copy within a node, since they never change.
/// </summary>
public static class ChatSerializer
{
    public static IServiceCollection AddChatSerializer(this IServiceCollection services)
    {
        services.AddSingleton<IGeneralizedCopier, UnchangingTypes>();
        return services.AddSerializer(serializer => serializer.AddJsonSerializer(
            isSerializable: IsOfDomain,
            isCopyable: _ => false,
            configureOptions: options => options.Configure(codec => codec.SerializerOptions = new JsonSerializerOptions
            {
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            })));
    }

    private static bool IsOfDomain(Type type) => type.Assembly == typeof(IRoom).Assembly;

    /// <summary>The domain's types are immutable records: a call within a silo hands over the very object.</summary>
    private sealed class UnchangingTypes : IGeneralizedCopier
    {
        public bool IsSupportedType(Type type) => IsOfDomain(type);

        public object? DeepCopy(object? input, CopyContext context) => input;
    }
}
